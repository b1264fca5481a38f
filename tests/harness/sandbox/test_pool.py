from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.subject import Failure
from harness.sandbox.parent import ParentDied, WarmParent
from harness.sandbox.pool import ParentPool
from tests.harness.sandbox.conftest import children, put, until

HONEST = "def f(x):\n    return x + x\n"


@pytest.fixture(scope="module", autouse=True)
def nothing_left() -> Iterator[None]:
    before = children(os.getpid()), len(os.listdir("/proc/self/fd")), threading.active_count()
    yield
    assert before == (
        children(os.getpid()),
        len(os.listdir("/proc/self/fd")),
        threading.active_count(),
    )


@pytest.fixture
def pool() -> Iterator[ParentPool]:
    found = ParentPool(leases=3)
    yield found
    found.close()


def test_leases_share_one_parent(pool: ParentPool) -> None:
    pool.prepare()
    with pool.lease() as first, pool.lease() as second:
        assert first is second
        assert not isinstance(put(first, HONEST).runs, Failure)
    with pool.lease() as third:
        assert third is first


def test_a_parent_is_replaced_after_so_many_children(pool: ParentPool) -> None:
    seen: list[Path] = []
    for _ in range(7):
        with pool.lease() as parent:
            assert not isinstance(put(parent, HONEST).runs, Failure)
            seen.append(parent.folder)
    assert [seen.index(folder) for folder in seen] == [0, 0, 0, 3, 3, 3, 6]
    assert [folder.exists() for folder in seen] == [False] * 6 + [True]


def test_a_worn_parent_stays_while_it_is_leased(pool: ParentPool) -> None:
    with pool.lease() as first:
        for _ in range(5):
            with pool.lease():
                pass
        assert not isinstance(put(first, HONEST).runs, Failure)
    assert not first.folder.exists()


def test_a_parent_that_died_is_replaced(pool: ParentPool) -> None:
    with pool.lease() as first:
        first.abandon()
        assert until(lambda: first.gone)
        with pool.lease() as second:
            assert second is not first
            assert not isinstance(put(second, HONEST).runs, Failure)
    assert not first.folder.exists()
    with pool.lease() as third:
        assert third is second


def test_closing_ends_a_leased_parent_too(pool: ParentPool) -> None:
    with pool.lease() as parent:
        pool.close()
        assert parent.gone
        with pytest.raises(ParentDied):
            parent.isolation.result(10)
    assert not parent.folder.exists()


def test_closing_ends_a_leased_parent_that_was_replaced(pool: ParentPool) -> None:
    with pool.lease() as first:
        first.abandon()
        assert until(lambda: first.gone)
        pool.prepare()
        pool.close()
    assert not first.folder.exists()


def test_without_room_for_a_process_there_is_no_lease(
    pool: ParentPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise BlockingIOError("no more processes")

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", refuse)
        for _ in range(2):
            with pytest.raises(OSError, match="no more"), pool.lease():
                pass
    with pool.lease() as parent:
        assert isinstance(parent, WarmParent)
