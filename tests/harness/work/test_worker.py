from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from graders.steps import Watcher, unwatched
from harness.errors import MachineError, ProblemError
from harness.problem.model import Problem
from harness.store import accounts, fleet, queue, submissions
from harness.store.database import Database, StoreError, open_database
from harness.store.migrate import migrate
from harness.store.queue import Claim, Outcome
from harness.store.submissions import Offered
from harness.work.bench import known
from harness.work.worker import Duty, Worker
from tests.chaos.standin import StandIn, verdict_of
from tests.postgresql import Cluster, absent, programs
from tests.waiting import SECONDS, wait_until


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
        later = [hall.submit(b"%d" % number) for number in range(5)]
        wait_until(lambda: None not in map(hall.verdict, later))
        assert hall.verdict(later[4]) == verdict_of(b"4")
    assert hall.count("SELECT judged FROM workers") == 6
    assert hall.count("SELECT count(*) FROM workers WHERE ended_at IS NOT NULL") == 1


def test_one_that_is_put_back_at_once_is_judged_by_another(hall: Hall) -> None:
    id = hall.submit(b"1")
    begun, go_on = threading.Event(), threading.Event()

    class Slow(StandIn):
        def judge(self, claim: Claim, watcher: Watcher = unwatched) -> Outcome:
            begun.set()
            go_on.wait(SECONDS)
            return Outcome("judge_error", 0.0, 0.0, None, {})

    slow = hall.worker(Slow.for_(hall.problem))
    with hall.working(slow):
        assert begun.wait(SECONDS)
        slow.let_go()
        slow.let_go()  # holds nothing any more
        assert hall.count("SELECT attempt FROM judgings") == 0
        assert hall.worker().step()
        slow.stop.set()
        go_on.set()
    assert hall.verdict(id) == verdict_of(b"1")


class Failing(StandIn):
    """Fails as it is told to by the source."""

    def judge(self, claim: Claim, watcher: Watcher = unwatched) -> Outcome:
        kinds = {b"problem": ProblemError, b"machine": MachineError, b"judge": KeyError}
        raise kinds[claim.source](["it broke"])


def test_a_problem_that_cannot_be_judged_by_is_taken_out(hall: Hall) -> None:
    hall.submit(b"problem")
    worker = hall.worker(Failing.for_(hall.problem))
    assert worker.step()
    assert not worker.step()
    assert hall.count("SELECT count(*) FROM versions WHERE reason LIKE '%it broke%'") == 1
    assert hall.count("SELECT count(*) FROM judgings WHERE state = 'queued' AND attempt = 0") == 1


def test_a_machine_that_fails_again_and_again_is_taken_out(hall: Hall) -> None:
    for source in (b"judge", b"machine"):
        hall.submit(source)
    worker = hall.worker(Failing.for_(hall.problem))
    with pytest.raises(MachineError, match="taken out after 5 errors in a row"):
        worker.work()
    assert hall.count("SELECT errors FROM workers") == fleet.WORKER_ERRORS
    assert hall.count("SELECT count(*) FROM judgings WHERE state = 'dead'") == 1


def test_what_nobody_holds_on_to_is_put_back(hall: Hall) -> None:
    hall.submit(b"1")
    with hall.database.write() as connection:
        lost = queue.claim(connection, "lost", [hall.problem.version], lease=timedelta(days=1))
    assert lost is not None
    assert not hall.worker().step()  # somebody may hold it
    assert hall.worker(duty=Duty(lease=timedelta(0))).step()  # waits for no renewal
    assert hall.count("SELECT attempt FROM judgings WHERE state = 'done'") == 2


def test_new_versions_come_while_what_was_lost_is_put_back(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both change versions, and what waits for older ones."""
    problem, later = hall.problem, replace(hall.problem, version="later")
    hall.submit(b"waits")
    hall.submit(b"lost")
    with hall.database.write() as connection:
        assert queue.claim(connection, "lost", [problem.version]) is not None
        connection.execute(text("UPDATE judgings SET attempt = 3 WHERE state = 'running'"))
        connection.execute(text("UPDATE versions SET current = false"))
        fleet._add(connection, known([later])[0])
        connection.execute(text("UPDATE versions SET current = true WHERE id = 'later'"))
    suspect, came = fleet.suspect, []

    def slow(connection: Connection, version: str) -> bool:
        if hall.database.kind == "postgresql":
            with hall.database.write() as other:
                other.execute(text("SET LOCAL lock_timeout = '1s'"))
                fleet.know(other, known([replace(problem, version="latest")]))
                came.append(other)
        return suspect(connection, version)

    monkeypatch.setattr(fleet, "suspect", slow)
    hall.worker(duty=Duty(lease=timedelta(0)))._sweep()
    assert hall.count("SELECT count(*) FROM judgings WHERE state = 'dead'") == 1
    newest = "latest" if came else "later"
    assert hall.count(f"SELECT count(*) FROM judgings WHERE version = '{newest}'") == 1


def test_who_could_not_renew_for_want_of_a_database_is_not_lost(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.work.worker._SWEEP_SECONDS", 0.0)
    hall.submit(b"1")
    with hall.database.write() as connection:
        assert queue.claim(connection, "other", [hall.problem.version]) is not None
    worker = hall.worker(duty=Duty(lease=timedelta(seconds=0.5)))
    assert not worker.step()
    time.sleep(0.6)
    worker._pause(StoreError("it was away"))
    assert not worker.step()
    time.sleep(0.6)
    assert worker.step()


def test_a_worker_holds_on_to_what_takes_long(hall: Hall) -> None:
    id = hall.submit(b"1")
    duty = Duty(lease=timedelta(seconds=0.3))

    class Slow(StandIn):
        def judge(self, claim: Claim, watcher: Watcher = unwatched) -> Outcome:
            before = hall.count("SELECT lease_until FROM judgings")
            wait_until(lambda: hall.count("SELECT lease_until FROM judgings") > before)
            return super().judge(claim, watcher)

    with hall.working(hall.worker(Slow.for_(hall.problem), duty)):
        wait_until(lambda: hall.verdict(id) is not None)
    assert hall.count("SELECT attempt FROM judgings") == 1


def test_what_is_brought_does_not_wait_for_the_heart_to_beat(hall: Hall) -> None:
    """Both change the row of a judging and that of its worker."""
    id = hall.submit(b"1")
    worker = hall.worker(duty=Duty(lease=timedelta(seconds=0.1)))
    begun, go_on = threading.Event(), threading.Event()

    class Slow(StandIn):
        def judge(self, claim: Claim, watcher: Watcher = unwatched) -> Outcome:
            with hall.database.write() as connection:
                if hall.database.kind == "postgresql":  # this one is told if each waits
                    connection.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
                assert queue.renew(connection, claim)
                begun.set()
                go_on.wait(SECONDS)
                fleet.did(connection, worker.name)
            return super().judge(claim, watcher)

    worker.bench = Slow.for_(hall.problem)
    with hall.working(worker):
        assert begun.wait(SECONDS)
        time.sleep(0.2)  # beats, and waits
        go_on.set()
        wait_until(lambda: hall.verdict(id) is not None)
    assert hall.count("SELECT attempt FROM judgings") == 1
    assert hall.count("SELECT judged FROM workers") == 2


def test_a_worker_that_was_taken_out_leaves(hall: Hall) -> None:
    worker = hall.worker(duty=Duty(lease=timedelta(seconds=0.1)))
    found: list[BaseException] = []

    def work() -> None:
        try:
            worker.work()
        except MachineError as error:
            found.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    wait_until(lambda: hall.count("SELECT count(*) FROM workers") == 1)
    with hall.database.write() as connection:
        connection.execute(text("UPDATE workers SET quarantined_at = 1"))
    thread.join(SECONDS)
    assert not thread.is_alive()
    assert "taken out" in str(found[0])


def test_a_database_that_was_away_is_worked_on_again(training_step: Problem) -> None:
    found = programs()
    if found is None:
        absent(os.environ)
    # One that is lost with the machine has less to do after it was killed.
    with Cluster(found, fsync=False) as cluster, open_database(cluster.database()) as database:
        migrate(database)
        hall = Hall(database, training_step)
        with hall.working(hall.worker()):
            first = hall.submit(b"0")
            wait_until(lambda: hall.verdict(first) is not None)
            cluster.kill()
            time.sleep(0.2)
            cluster.start()
            later = hall.submit(b"1")
            wait_until(lambda: hall.verdict(later) is not None)
