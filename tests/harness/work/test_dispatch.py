from __future__ import annotations

import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from harness.store import forgetting, hooks
from harness.store.database import StoreError
from harness.store.limits import Rate, take
from harness.store.people import buckets
from harness.work import dispatch, outage
from harness.work.dispatch import Dispatcher
from tests.harness.online import Online
from tests.harness.work.test_delivering import Receiver, receiving
from tests.waiting import wait_until

until = partial(wait_until, seconds=20)


@contextmanager
def dispatching(site: Online) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=dispatch.run, args=(site.database, stop, True))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def answer(site: Online, webhook: str) -> str | None:
    with site.database.read() as connection:
        last = hooks.last(connection, webhook)
    return None if last is None else last.answer


def buckets_left(site: Online) -> int:
    with site.database.read() as connection:
        return connection.execute(select(func.count()).select_from(buckets)).scalar_one()


def hooked(site: Online, server: Receiver) -> str:
    ada = site.person("ada")
    with site.database.write() as connection:
        webhook, _ = hooks.add(connection, ada.account.id, server.url)
    site.judged(ada)
    return webhook


def test_what_was_judged_is_told_even_where_that_fails_at_first(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "_CLEANING_SECONDS", 0.0)
    monkeypatch.setattr(hooks, "PAUSES", (hooks.PAUSES[0] * 0,) * len(hooks.PAUSES))
    broken = iter([True])
    due = hooks.due

    def failing(*arguments: object) -> object:
        if next(broken, False):
            raise StoreError("gone")
        return due(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(hooks, "due", failing)
    monkeypatch.setattr(forgetting, "FULL", timedelta(0))
    with served.database.write() as connection:
        take(connection, "bucket", Rate(1, timedelta(seconds=1)))
    with receiving() as server, dispatching(served):
        server.answer = 500
        webhook = hooked(served, server)
        until(lambda: answer(served, webhook) == "answered 500")
        server.answer = 200
        until(lambda: answer(served, webhook) == "200")
        assert len({headers["x-jaxjudge-delivery"] for headers, _ in server.came}) == 1
        until(lambda: not buckets_left(served))


def test_what_cannot_be_noted_is_sent_again(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, failures = Dispatcher._note, iter([True])

    def failing(self: Dispatcher, *arguments: object) -> None:
        if next(failures, False):
            raise StoreError("gone")
        note(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Dispatcher, "_note", failing)
    monkeypatch.setattr(hooks, "_SENDING", hooks.PAUSES[0] * 0)
    with receiving() as server, dispatching(served):
        webhook = hooked(served, server)
        until(lambda: answer(served, webhook) == "204")
        assert len(server.came) == 2


def events(logs: list[MutableMapping[str, Any]], name: str) -> int:
    return sum(line["event"] == name for line in logs)


def test_a_database_that_cannot_be_used_is_waited_for_and_said_once(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outage, "_FIRST_PAUSE", 0.005)
    due, tries, gone = hooks.due, 0, True

    def failing(*arguments: object) -> object:
        nonlocal tries
        tries += 1
        if gone:
            raise StoreError("gone")
        return due(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(hooks, "due", failing)
    with receiving() as server, capture_logs() as logs, dispatching(served):
        webhook = hooked(served, server)
        until(lambda: tries >= 4)
        gone = False
        until(lambda: answer(served, webhook) == "204")
    assert events(logs, "database.unusable") == events(logs, "database.usable") == 1


def test_it_begins_anew_after_a_fault_of_its_own(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "_AGAIN_SECONDS", 0.0)
    due, broken = hooks.due, iter([True])

    def failing(*arguments: object) -> object:
        if next(broken, False):
            raise RuntimeError("can't start new thread")
        return due(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(hooks, "due", failing)
    with receiving() as server, capture_logs() as logs, dispatching(served):
        webhook = hooked(served, server)
        until(lambda: answer(served, webhook) == "204")
    failed = next(line for line in logs if line["event"] == "webhooks.failed")
    assert failed["reason"] == "RuntimeError: can't start new thread"


def test_a_fault_of_its_own_is_a_delivery_that_failed(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*arguments: object) -> str:
        raise KeyError("event")

    monkeypatch.setattr(dispatch, "deliver", failing)
    with receiving() as server, dispatching(served):
        webhook = hooked(served, server)
        until(lambda: answer(served, webhook) == "inside the server: KeyError")
