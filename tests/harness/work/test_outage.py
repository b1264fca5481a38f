from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from graders.steps import Watcher, unwatched
from harness.log import Seldom, logger
from harness.problem.model import Problem
from harness.store.database import Database, StoreError
from harness.store.queue import Claim, Outcome
from harness.work.outage import Outage
from tests.chaos.standin import StandIn, verdict_of
from tests.harness.full import BIG, full_disk
from tests.harness.work.test_worker import Hall
from tests.waiting import SECONDS, wait_until

GONE = StoreError("gone")


class Long(StandIn):
    """Judges when it may, and finds much to say."""

    begun = threading.Event()
    go_on = threading.Event()

    def judge(self, claim: Claim, watcher: Watcher = unwatched) -> Outcome:
        self.begun.set()
        self.go_on.wait(SECONDS)
        return replace(super().judge(claim, watcher), report={"much": "x" * BIG})


def test_a_verdict_that_there_is_no_room_for_is_brought_when_there_is(
    database: Database, training_step: Problem
) -> None:
    hall = Hall(database, training_step)
    Long.begun.clear()
    Long.go_on.clear()
    with capture_logs() as logs, hall.working(hall.worker(Long.for_(training_step))):
        first, second = hall.submit(b"1"), hall.submit(b"2")
        assert Long.begun.wait(SECONDS)
        with full_disk(database):
            Long.go_on.set()
            wait_until(lambda: any(line["event"] == "database.unusable" for line in logs))
            threading.Event().wait(0.5)  # it tries again
            assert hall.count("SELECT count(*) FROM judgings WHERE state = 'running'") == 1
        wait_until(lambda: None not in (hall.verdict(first), hall.verdict(second)))
    assert hall.verdict(first) == verdict_of(b"1")
    assert hall.count("SELECT sum(attempt) FROM judgings") == 2
    assert hall.count("SELECT count(*) FROM events WHERE kind = 'done'") == 2
    found = [line for line in logs if line["event"].startswith("database.")]
    assert [line["event"] for line in found] == ["database.unusable", "database.usable"]
    assert found[1]["failures"] > 1


def test_pauses_grow_to_some_seconds_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: high)
    outage = Outage()
    pauses = [outage.failed(GONE, logger()) for _ in range(20)]
    assert pauses[:3] == [0.2, 0.4, 0.8]
    assert max(pauses) == pauses[-1] == 10.0
    outage.over(logger())
    assert outage.failed(GONE, logger()) == 0.2


def test_what_lasts_is_said_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = 100.0
    monkeypatch.setattr("time.monotonic", lambda: seconds)
    seldom = Seldom()
    assert [seldom.due(), seldom.due()] == [True, False]
    seconds += 59
    assert not seldom.due()
    seconds += 1
    assert seldom.due()
