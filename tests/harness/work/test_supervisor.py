"""Processes that are told to work are replaced when they end; here they are not real workers."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from harness.problem.model import Problem
from harness.store import accounts, fleet, queue, submissions
from harness.store.database import Database, open_database
from harness.store.submissions import Offered
from harness.work import supervisor as module
from harness.work.bench import known
from harness.work.process import Order
from harness.work.supervisor import Seat, Supervisor, clear_up

SLEEPER = "import sys, time; sys.stdin.readline(); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Sets what runs in the place of workers."""

    def run(code: str) -> None:
        program = tmp_path / "python"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}"\n')
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))

    return run


@contextmanager
def supervised(database: Database, grace: float = 5.0) -> Iterator[tuple[Supervisor, Seat]]:
    with Supervisor(database, [Order("sqlite:///x")], grace) as supervisor:
        yield supervisor, supervisor.seats[0]


def pid(seat: Seat) -> int:
    assert seat.process is not None
    return seat.process.pid


def until(supervisor: Supervisor, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        supervisor.tick()
        time.sleep(0.02)


def hold(database: Database, problem: Problem, worker: str) -> str:
    """The id of a submission that a worker judges."""
    with database.write() as connection:
        fleet.join(connection, worker, {"jax": "1"}, "strict", False)
        fleet.know(connection, known([problem]))
        user = accounts.add(connection, "ada", "learner").id
        offered = Offered(user, problem.id, problem.version, "a.py", b"pass")
        id = submissions.accept(connection, offered)[0]
        assert queue.claim(connection, worker, [problem.version]) is not None
    return id


def state(database: Database, id: str) -> str:
    with database.read() as connection:
        row = submissions.one(connection, id)
    assert row is not None
    return str(row.state)


def test_who_is_killed_is_replaced_and_what_it_held_is_given_back(
    database: Database, training_step: Problem, workers: Callable[[str], None]
) -> None:
    workers(SLEEPER)
    with capture_logs() as logs, supervised(database) as (supervisor, seat):
        first, name = pid(seat), seat.name
        id = hold(database, training_step, name)
        os.killpg(first, signal.SIGKILL)
        until(supervisor, lambda: seat.process is not None and seat.process.pid != first)
        assert state(database, id) == "queued"
        assert seat.name != name
        with database.read() as connection:
            assert fleet.present(connection, module.PREFIX) == []
        last = pid(seat)
    assert not Path(f"/proc/{last}").exists()
    assert (logs[0]["event"], logs[0]["code"], logs[0]["given_back"]) == ("worker.ended", -9, 1)


def _failed(seat: Seat, times: int) -> bool:
    return seat.failures == times


def test_the_pauses_grow(database: Database, workers: Callable[[str], None]) -> None:
    workers("raise SystemExit(3)")
    with supervised(database) as (supervisor, seat):
        pauses = []
        for failures in (1, 2, 3):
            until(supervisor, partial(_failed, seat, failures))
            pauses.append(seat.due - time.monotonic())
            seat.due = 0.0
    assert pauses[0] < pauses[1] < pauses[2]


def test_who_was_taken_out_is_not_replaced(
    database: Database, workers: Callable[[str], None]
) -> None:
    workers(SLEEPER)
    with capture_logs() as logs, supervised(database) as (supervisor, seat):
        with database.write() as connection:
            fleet.join(connection, seat.name, {"jax": "1"}, "strict", False)
            for _ in range(fleet.WORKER_ERRORS):
                fleet.erred(connection, seat.name, "no more memory")
        os.killpg(pid(seat), signal.SIGKILL)
        until(supervisor, lambda: seat.process is None)
        seat.due = 0.0
        supervisor.tick()
        assert seat.process is None
    assert logs[-1]["event"] == "worker.not_replaced"


def test_who_does_not_end_is_killed(
    database: Database, training_step: Problem, workers: Callable[[str], None]
) -> None:
    workers(STUBBORN)
    with supervised(database, grace=0.2) as (_, seat):
        time.sleep(0.5)
        last, id = pid(seat), hold(database, training_step, seat.name)
    assert not Path(f"/proc/{last}").exists()
    assert state(database, id) == "queued"


def test_a_worker_that_cannot_be_started_is_said(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with capture_logs() as logs, supervised(database) as (supervisor, seat):
        supervisor.tick()
        assert seat.process is None
    assert [line["event"] for line in logs] == ["worker.not_started"]


def test_a_database_that_is_away_does_not_keep_workers_from_being_replaced(
    tmp_path: Path, workers: Callable[[str], None]
) -> None:
    workers("raise SystemExit(1)")
    with open_database(f"sqlite:///{tmp_path / 'a' / 'b.db'}") as away:
        shutil.rmtree(tmp_path / "a")
        with capture_logs() as logs, supervised(away) as (supervisor, seat):
            until(supervisor, lambda: seat.failures == 2)
    assert logs[0]["event"] == "database.unusable"


def test_workers_are_given_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JAXJUDGE_DATABASE", "JAXJUDGE_GITHUB_SECRET", "JAXJUDGE_METRICS_TOKEN"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("JAXJUDGE_CACHE", "folder")
    found = module._environment()
    assert "secret" not in found.values()
    assert found["JAXJUDGE_CACHE"] == "folder"


def test_what_a_killed_servers_workers_held_is_given_back(
    database: Database, training_step: Problem
) -> None:
    id = hold(database, training_step, f"{module.PREFIX}x-1")
    clear_up(database)
    assert state(database, id) == "queued"
    with database.read() as connection:
        assert fleet.present(connection, module.PREFIX) == []
