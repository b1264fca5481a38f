"""A worker: claims one judging after another, judges it, and brings what it found."""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TypeVar

from harness import debug
from harness.engine import LEVELS, Engine
from harness.errors import MachineError, ProblemError
from harness.log import Logger, logger
from harness.problem.library import Library
from harness.report.machine import weakness
from harness.store import fleet, queue
from harness.store.database import Database, StoreError, new_id
from harness.store.queue import Claim, Outcome
from harness.work.bench import Bench, known, packages
from harness.work.outage import Outage
from harness.work.telling import Telling
from harness.work.watch import Watch

_SWEEP_SECONDS = 5.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Duty:
    """How a worker works: what isolation it needs, and for how long it holds what it claims.

    One for live submissions only leaves rejudges to others. `poll` is how many seconds it waits
    where there is nothing to do.
    """

    require: str = "none"
    live_only: bool = False
    lease: timedelta = queue.LEASE
    poll: float = 0.1


@dataclass(slots=True)
class Worker:
    """One worker. `stop` may be set from anywhere: it ends after what it is judging."""

    database: Database
    bench: Bench
    duty: Duty
    stop: threading.Event
    name: str = field(
        default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}-{new_id()[:4]}"
    )
    _watch: Watch = field(init=False)
    _held: Claim | None = None
    _swept: float = -_SWEEP_SECONDS
    _outage: Outage = field(default_factory=Outage)
    _out: bool = False

    def __post_init__(self) -> None:
        self._watch = Watch(self.duty.lease.total_seconds())

    def work(self) -> None:
        """Work until told to stop; raises `MachineError` when taken out of the fleet.

        A database that cannot be used is waited for.
        """
        self._attempt(self._join)
        beating = threading.Thread(target=self._beat, daemon=True)
        beating.start()
        again = self._poll if self.database.kind == "sqlite" else self._listen
        try:
            while not self.stop.is_set():
                try:
                    again()
                except StoreError as error:
                    self._pause(error)
        finally:
            self.stop.set()
            beating.join()
            self._leave()
        if self._out:
            raise MachineError("this worker was taken out, or the database knows nothing of it")

    def step(self) -> bool:
        """Judge what is next; False if there is nothing. Raises `StoreError`, `MachineError`."""
        self._sweep()
        claim = self._claim()
        if claim is None:
            return False
        self._outage.over(logger(worker=self.name))
        self._held = claim
        try:
            self._judge(claim)
        finally:
            self._held = None
        return True

    def let_go(self) -> None:
        """Put back what is being judged, as if it had not been claimed, and leave the fleet.

        What comes of it is dropped, so this is for a process that ends at once.
        """
        held, self._held = self._held, None
        try:
            with self.database.write() as connection:
                if held is not None:
                    queue.put_back(connection, held)
                fleet.leave(connection, self.name)
        except StoreError:
            pass  # it is put back when it is seen that nobody holds on to it

    def _poll(self) -> None:
        self._work_off()
        self.stop.wait(self.duty.poll * random.uniform(0.8, 1.2))

    def _listen(self) -> None:
        from harness.work.woken import listen

        listen(self.database, self._work_off, self.stop)

    def _work_off(self) -> None:
        while not self.stop.is_set() and self.step():
            pass

    def _join(self) -> None:
        isolation = self.bench.engine.isolation().level
        problems = [problem for problem, _ in self.bench.problems.values()]
        with self.database.write() as connection:
            versions = [problem.version for problem in problems]
            live_only = self.duty.live_only
            fleet.join(connection, self.name, packages(), isolation, live_only, versions)
            fleet.know(connection, known(problems))
        logger(worker=self.name).info("worker.joined", isolation=isolation)

    def _leave(self) -> None:
        try:
            with self.database.write() as connection:
                fleet.leave(connection, self.name)
        except StoreError:
            pass  # it is seen to be gone when it is no longer heard of
        logger(worker=self.name).info("worker.left")

    def _claim(self) -> Claim | None:
        versions = list(self.bench.problems)
        with self.database.read() as connection:
            if not queue.waiting(connection, versions, self.duty.live_only):
                return None
        with self.database.write() as connection:
            return queue.claim(
                connection, self.name, versions, self.duty.live_only, self.duty.lease
            )

    def _judge(self, claim: Claim) -> None:
        log = logger(worker=self.name, submission=claim.submission, attempt=claim.attempt)
        log.info("judging.began", problem=claim.problem)
        started = time.perf_counter()
        try:
            with Telling(self.database, claim, self.duty.lease) as telling:
                outcome = self.bench.judge(claim, telling)
        except ProblemError as error:
            self._attempt(partial(self._problem_failed, claim, str(error), log))
        except MachineError as error:
            self._attempt(partial(self._machine_failed, claim, str(error), log))
        except Exception as error:  # a fault of ours costs this attempt, not the worker
            debug.show(error)
            why = f"inside the judge: {type(error).__name__}"
            self._attempt(partial(self._machine_failed, claim, why, log))
        else:
            self._attempt(partial(self._bring, claim, outcome))
            seconds = round(time.perf_counter() - started, 3)
            log.info("judging.done", verdict=outcome.verdict, seconds=seconds)

    def _bring(self, claim: Claim, outcome: Outcome) -> None:
        with self.database.write() as connection:
            if queue.finish(connection, claim, outcome):
                fleet.did(connection, self.name)

    def _problem_failed(self, claim: Claim, why: str, log: Logger) -> None:
        log.error("problem.failed", problem=claim.problem, reason=why)
        with self.database.write() as connection:
            queue.put_back(connection, claim)
            fleet.quarantine(connection, claim.version, why)

    def _machine_failed(self, claim: Claim, why: str, log: Logger) -> None:
        log.error("judging.failed", reason=why)
        with self.database.write() as connection:
            queue.give_up(connection, claim, why)
            out = fleet.erred(connection, self.name, why)
        if out:
            self.stop.set()
            raise MachineError(
                f"this worker was taken out after {fleet.WORKER_ERRORS} errors in a row, "
                f"the last: {why}"
            )

    def _sweep(self) -> None:
        at = time.monotonic()
        if at < self._swept + _SWEEP_SECONDS:
            return
        self._swept = at
        with self.database.read() as connection:
            ended = self._watch.ended(queue.running(connection), at)
            if not (ended or queue.stale(connection)):
                return
        # Not at once: who holds what is moved must not wait for a version, as who puts back may.
        with self.database.write() as connection:
            count = queue.sweep(connection, ended)
        with self.database.write() as connection:
            count += fleet.move(connection)
        logger(worker=self.name).warning("queue.swept", judgings=count)

    def _beat(self) -> None:
        """Say every now and then that the worker is there, and hold on to what it judges."""
        while not self.stop.wait(self.duty.lease.total_seconds() / 3):
            held = self._held
            try:
                with self.database.write() as connection:
                    # A judging before its worker, as where it is brought: none waits for the other.
                    if held is not None:
                        queue.renew(connection, held, self.duty.lease)
                    there = fleet.beat(connection, self.name)
            except StoreError:
                self._watch.forget()
                continue  # the next time may be in time
            if not there:
                self._out = True
                self.stop.set()

    def _attempt(self, action: Callable[[], T]) -> T:
        """Do something as soon as the database can be used; raises `StoreError` if told to stop."""
        while True:
            try:
                done = action()
            except StoreError as error:
                if self.stop.is_set():
                    raise
                self._pause(error)
            else:
                self._outage.over(logger(worker=self.name))
                return done

    def _pause(self, error: StoreError) -> None:
        self._watch.forget()
        self.stop.wait(self._outage.failed(error, logger(worker=self.name)))


def run(
    database: Database,
    library: Library,
    duty: Duty,
    stop: threading.Event,
    name: str = "",
    began: Callable[[Worker], None] = lambda worker: None,
) -> None:
    """Start an engine and work until told to stop; raises `MachineError`.

    On SQLite a worker looks for work every now and then; on PostgreSQL it is woken, on whatever
    machine. Its name is made up where none is given. `began` is told the worker, so that it can be
    made to let go of what it judges.
    """
    with Engine(duty.require, warm=True) as engine:
        isolation = engine.isolation()
        if isolation.level != LEVELS[-1]:
            logger().warning("isolation.weak", reason=weakness(isolation.level, isolation.missing))
        worker = Worker(database, Bench.of(engine, library), duty, stop)
        worker.name = name or worker.name
        began(worker)
        worker.work()
