from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from harness.problem.model import Problem
from harness.store import accounts, fleet, submissions
from harness.store.database import Database
from harness.store.submissions import Offered
from harness.work.bench import known
from harness.work.worker import Duty, Worker
from tests.chaos.standin import StandIn, verdict_of

SECONDS = 30.0


def wait_until(holds: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() < began + SECONDS
        time.sleep(0.005)
    return time.monotonic() - began


class Hall:
    """A database with a user, and workers that judge at once."""

    def __init__(self, database: Database, problem: Problem) -> None:
        self.database = database
        self.problem = problem
        with database.write() as connection:
            fleet.know(connection, known([problem]))
            self.user = accounts.add(connection, "ada", "learner").id

    def submit(self, source: bytes) -> str:
        with self.database.write() as connection:
            version = self.problem.version
            offered = Offered(self.user, self.problem.id, version, "a.py", source)
            return submissions.accept(connection, offered)[0]

    def worker(self, bench: StandIn | None = None, duty: Duty | None = None) -> Worker:
        made = bench or StandIn.for_(self.problem)
        return Worker(self.database, made, duty or Duty(), threading.Event())

    @contextmanager
    def working(self, worker: Worker) -> Iterator[None]:
        thread = threading.Thread(target=worker.work)
        thread.start()
        try:
            wait_until(lambda: self.count("SELECT count(*) FROM workers") == 1)
            yield
        finally:
            worker.stop.set()
            thread.join(SECONDS)
            assert not thread.is_alive()

    def count(self, query: str) -> int:
        with self.database.read() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def verdict(self, submission: str) -> str | None:
        with self.database.read() as connection:
            row = submissions.one(connection, submission)
        assert row is not None
        return None if row.verdict is None else str(row.verdict)


@pytest.fixture
def hall(database: Database, training_step: Problem) -> Hall:
    return Hall(database, training_step)


def test_what_waits_and_what_comes_later_is_judged(hall: Hall) -> None:
    waiting = hall.submit(b"1")
    with hall.working(hall.worker()):
        wait_until(lambda: hall.verdict(waiting) is not None)
        times = []
        for number in range(5):
            id = hall.submit(b"%d" % number)
            times.append(wait_until(lambda id=id: hall.verdict(id) is not None))  # type: ignore[misc]
        print(times)
        assert hall.verdict(id) == verdict_of(b"4")
    assert hall.count("SELECT judged FROM workers") == 6
