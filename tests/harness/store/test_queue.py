from __future__ import annotations

from datetime import timedelta

import pytest

from harness.problem.model import Problem
from harness.store import accounts, fleet, queue, submissions
from harness.store.database import Database
from harness.store.queue import ATTEMPTS, Claim, Outcome
from harness.store.submissions import Offered
from harness.work.bench import known

DONE = Outcome("accepted", 100.0, 100.0, 6, {"verdict": "accepted"})


class Hall:
    """Submissions of some users to one problem, and workers for them."""

    def __init__(self, database: Database, problem: Problem) -> None:
        self.database = database
        self.version = problem.version
        with database.write() as connection:
            fleet.know(connection, known([problem]))

    def user(self, name: str) -> str:
        with self.database.write() as connection:
            return accounts.add(connection, name, "learner").id

    def submit(self, user: str) -> str:
        with self.database.write() as connection:
            offered = Offered(user, "scan_training_step", self.version, "a.py", b"pass")
            return submissions.accept(connection, offered)[0]

    def claim(self, worker: str = "w1", lease: timedelta = queue.LEASE) -> Claim | None:
        with self.database.write() as connection:
            return queue.claim(connection, worker, [self.version], lease=lease)

    def claimed(self, worker: str = "w1", lease: timedelta = queue.LEASE) -> Claim:
        claim = self.claim(worker, lease)
        assert claim is not None
        return claim

    def finish(self, claim: Claim, outcome: Outcome = DONE) -> bool:
        with self.database.write() as connection:
            return queue.finish(connection, claim, outcome)

    def state(self, submission: str) -> tuple[str, str | None]:
        with self.database.read() as connection:
            row = submissions.one(connection, submission)
        assert row is not None
        return row.state, row.verdict

    def kinds(self, submission: str) -> list[str]:
        with self.database.read() as connection:
            return [e.kind for e in submissions.events_after(connection, submission, 0)]


@pytest.fixture
def hall(database: Database, training_step: Problem) -> Hall:
    return Hall(database, training_step)


def test_a_submission_is_judged_once(hall: Hall) -> None:
    id = hall.submit(hall.user("ada"))
    claim = hall.claimed()
    assert (claim.submission, claim.attempt, claim.source) == (id, 1, b"pass")
    assert hall.claim("w2") is None
    assert hall.finish(claim)
    assert not hall.finish(claim)
    assert hall.state(id) == ("done", "accepted")
    assert hall.kinds(id) == ["queued", "running", "done"]


def test_what_a_lost_worker_brings_too_late_is_dropped(hall: Hall) -> None:
    id = hall.submit(hall.user("ada"))
    late = hall.claimed(lease=timedelta(0))
    with hall.database.write() as connection:
        ended = queue.running(connection)
        assert queue.sweep(connection, ended) == 1
        assert queue.sweep(connection, ended) == 0
    other = Outcome("wrong_answer", 0.0, 100.0, None, {"verdict": "wrong_answer"})
    second = hall.claimed("w2")
    assert not hall.finish(late, other)
    assert hall.finish(second)
    assert not hall.finish(late, other)
    assert hall.state(id) == ("done", "accepted")


def test_what_is_lost_each_time_is_a_judge_error(hall: Hall) -> None:
    id = hall.submit(hall.user("ada"))
    for attempt in range(ATTEMPTS):
        claim = hall.claimed()
        assert claim.attempt == attempt + 1
        with hall.database.write() as connection:
            assert queue.forfeit(connection, "w1") == 1
    assert hall.claim() is None
    assert hall.state(id) == ("dead", "judge_error")
    assert hall.kinds(id)[-1] == "done"


def test_nobody_waits_for_all_of_anothers_submissions(hall: Hall) -> None:
    greedy, modest = hall.user("greedy"), hall.user("modest")
    many = [hall.submit(greedy) for _ in range(5)]
    one = hall.submit(modest)
    order = [hall.claimed().submission for _ in range(6)]
    assert order == [many[0], one, *many[1:]]


def test_a_lease_is_held_on_to(hall: Hall) -> None:
    hall.submit(hall.user("ada"))
    claim = hall.claimed(lease=timedelta(0))
    with hall.database.write() as connection:
        before = queue.running(connection)
        assert queue.renew(connection, claim)
        assert queue.sweep(connection, before) == 0
        assert queue.put_back(connection, claim)
        assert not queue.renew(connection, claim)
    assert hall.claimed().attempt == 1
