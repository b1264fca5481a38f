"""A process that is a worker: by itself, or started by a server, with which it ends."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from harness.errors import JudgeError, UsageError
from harness.log import configure, logger
from harness.problem.library import Library, standard_library
from harness.store.database import Database, StoreError, open_database
from harness.store.migrate import is_ready
from harness.work.worker import Duty, Worker, run

_PR_SET_PDEATHSIG = 1
_PAUSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is told: the URL of its database, and folders of problems besides the usual.

    Its name is made up where none is given.
    """

    database: str
    problems: tuple[str, ...] = ()
    require: str = "none"
    live_only: bool = False
    name: str = ""

    @property
    def text(self) -> str:
        """The order as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, text: str) -> Order:
        """The order that `text` was made of."""
        found = json.loads(text)
        return cls(**{**found, "problems": tuple(found["problems"])})


def library(problems: Sequence[str]) -> Library:
    """The usual folders of problems, after some others; raises `UsageError`."""
    for folder in problems:
        if not Path(folder).is_dir():
            raise UsageError(f"expected a folder of problems, but {folder} is none")
    return Library((*(Path(folder).resolve() for folder in problems), *standard_library().roots))


def work(order: Order, stop: threading.Event, hurry: threading.Event | None = None) -> None:
    """Work until told to stop; a database that is away or not made yet is waited for.

    What is being judged is finished, unless there is `hurry`: then it is put back, and the process
    ends at once. Raises `MachineError` when refused or taken out of the fleet, and `UsageError`.
    """

    def began(worker: Worker) -> None:
        if hurry is not None:
            threading.Thread(target=_end_at_once, args=(worker, hurry), daemon=True).start()

    found = library(order.problems)
    with open_database(order.database) as database:
        _await(database, stop)
        if not stop.is_set():
            run(database, found, Duty(order.require, order.live_only), stop, order.name, began)


def _end_at_once(worker: Worker, hurry: threading.Event) -> None:
    hurry.wait()
    worker.let_go()
    os._exit(0)


def end_on(
    stop: threading.Event, *numbers: signal.Signals, hurry: threading.Event | None = None
) -> None:
    """Set `stop` on the first of some signals, and `hurry` on the next.

    Without `hurry`, the second one does what it did before.
    """
    before = {number: signal.getsignal(number) for number in numbers}

    def told(event: threading.Event) -> None:
        # Whoever is interrupted here may hold the lock that setting the event takes.
        threading.Thread(target=event.set, daemon=True).start()

    def end(number: int, frame: object) -> None:
        for each, handler in before.items():
            signal.signal(each, handler if hurry is None else end_at_once)
        told(stop)

    def end_at_once(number: int, frame: object) -> None:
        assert hurry is not None
        told(hurry)

    for number in numbers:
        signal.signal(number, end)


def _await(database: Database, stop: threading.Event) -> None:
    """Wait until the database is in the form that this version knows; raises `UsageError`."""
    why = ""
    while not stop.is_set():
        found = "its server has not made its tables, or is of an older version"
        try:
            if is_ready(database):
                return
        except StoreError as error:
            found = str(error)
        if found != why:
            why = found
            logger().warning("database.awaited", reason=why)
        stop.wait(_PAUSE_SECONDS)


def _end_with(starter: TextIO) -> None:
    """End at once when the process that holds the other end of a pipe has ended, however."""
    if sys.platform == "linux":  # also where this process is stopped
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        starter.read()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def main() -> int:
    """Do what the first line of standard input orders, until that ends."""
    order = Order.parse(sys.stdin.readline())
    _end_with(sys.stdin)
    configure()
    stop = threading.Event()
    end_on(stop, signal.SIGTERM)
    try:
        work(order, stop)
    except JudgeError as error:
        logger(worker=order.name).error("worker.failed", reason=str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
