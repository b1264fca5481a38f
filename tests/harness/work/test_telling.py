"""What is told of a judging while it goes on, and that it costs a quick one nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from graders.steps import Step
from graders.verdict import Status
from harness.problem.model import Problem
from harness.store import accounts, fleet, queue, submissions
from harness.store.database import Database, StoreError
from harness.store.queue import LEASE, Claim, Outcome
from harness.store.submissions import Offered
from harness.work.bench import known
from harness.work.telling import Telling
from tests.waiting import wait_until

_DONE = Outcome("accepted", 1.0, 1.0, None, {})


@pytest.fixture
def held(database: Database, training_step: Problem) -> Claim:
    version = training_step.version
    with database.write() as connection:
        fleet.know(connection, known([training_step]))
        user = accounts.add(connection, "ada", "learner").id
        offered = Offered(user, training_step.id, version, "a.py", b"1")
        submissions.accept(connection, offered)
        claim = queue.claim(connection, "w", [version])
    assert claim is not None
    return claim


def told(database: Database, held: Claim) -> Sequence[Any]:
    with database.read() as connection:
        found = submissions.events_after(connection, held.submission, 0)
    return [(event.kind, event.data.get("step"), event.data.get("checks")) for event in found]


def test_what_takes_long_is_told_of_and_only_the_newest_of_it(
    database: Database, held: Claim
) -> None:
    with Telling(database, held, LEASE, 0.1) as telling:
        telling(Step.TRACING, {})
        telling(Step.COMPARING, {})
        wait_until(lambda: len(told(database, held)) == 3)
        telling(Step.STRUCTURE, {"correctness": Status.FAILED})
        wait_until(lambda: len(told(database, held)) == 4)
    assert told(database, held)[2:] == [
        ("running", "comparing", {}),
        ("running", "structure", {"correctness": "failed"}),
    ]


def test_what_is_soon_done_is_not(database: Database, held: Claim) -> None:
    with Telling(database, held, LEASE, 0.05) as telling:
        telling(Step.TRACING, {})
    time.sleep(0.2)
    assert len(told(database, held)) == 2


def test_nothing_is_told_of_a_rejudge(database: Database, held: Claim) -> None:
    with Telling(database, replace(held, live=False), LEASE, 0.0) as telling:
        telling(Step.TRACING, {})
        time.sleep(0.1)
    assert len(told(database, held)) == 2


def test_nothing_is_told_of_a_judging_that_is_another_workers_or_done(
    database: Database, held: Claim
) -> None:
    with database.write() as connection:
        assert queue.finish(connection, held, _DONE)
    with Telling(database, held, LEASE, 0.0) as telling:
        telling(Step.TRACING, {})
        time.sleep(0.2)
    assert [kind for kind, _, _ in told(database, held)] == ["queued", "running", "done"]


def test_a_database_that_cannot_be_used_keeps_no_judging_waiting(
    database: Database, held: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def refuse(*_: object) -> bool:
        asked.append(1)
        raise StoreError("it is locked")

    monkeypatch.setattr(queue, "renew", refuse)
    with Telling(database, held, LEASE, 0.0) as telling:
        telling(Step.TRACING, {})
        wait_until(lambda: len(asked) == 1)
        telling(Step.COMPARING, {})
        wait_until(lambda: len(asked) == 2)
    assert len(told(database, held)) == 2
