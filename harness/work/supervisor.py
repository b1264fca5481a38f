"""The worker processes of one server: one that ends is replaced, and what it held is given back."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from harness.log import logger
from harness.sandbox.parent import errors
from harness.store import fleet, queue
from harness.store.database import Database, StoreError, new_id
from harness.work.process import Order

PREFIX = "serve-"
_GRACE_SECONDS = 30.0
_SETTLED_SECONDS = 60.0
_LONGEST_PAUSE = 60.0
_SECRETS = "JAXJUDGE_"  # workers are told what they need, and no more
_OPEN = ("JAXJUDGE_CACHE", "JAXJUDGE_PROBLEMS", "JAXJUDGE_DEBUG")


@dataclass(slots=True)
class Seat:
    """A place for one worker process after another."""

    order: Order
    number: int
    process: subprocess.Popen[bytes] | None = None
    name: str = ""
    began: float = 0.0
    due: float = 0.0
    failures: int = 0
    closed: bool = False

    def begin(self) -> None:
        """Let a new worker work; raises `OSError`."""
        self.name = f"{PREFIX}{socket.gethostname()[:40]}-{self.number}-{new_id()[:6]}"
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "harness.work.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors(),
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the server, which tells its workers
        )
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended already, which is seen soon
            self.process.stdin.write(replace(self.order, name=self.name).text.encode() + b"\n")
            self.process.stdin.flush()

    def ended(self) -> int:
        """Clear up after a worker that has ended, and say when there is to be another."""
        assert self.process is not None
        code = self.process.wait()
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process = None
        lived = time.monotonic() - self.began
        self.failures = 1 if lived > _SETTLED_SECONDS else self.failures + 1
        self.due = time.monotonic() + min(_LONGEST_PAUSE, 0.25 * 2 ** min(self.failures, 10))
        return code


@dataclass(slots=True)
class Supervisor:
    """Keeps worker processes at work. Use it as a context manager, and call `tick` often.

    Enter it and call it on a thread that lives as long as it: on Linux, workers end with that.
    """

    database: Database
    orders: Sequence[Order]
    grace: float = _GRACE_SECONDS
    seats: list[Seat] = field(init=False)

    def __enter__(self) -> Self:
        """Start; what fails is tried again."""
        self.seats = [Seat(order, number) for number, order in enumerate(self.orders, 1)]
        self.tick()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let every worker finish what it judges, for a while, and end it then."""
        try:
            self._finish()
        finally:
            for seat in self._taken():
                assert seat.process is not None
                os.killpg(seat.process.pid, signal.SIGKILL)
                self._clear(seat)

    def tick(self) -> None:
        """Replace whoever has ended, each time after a longer pause."""
        for seat in self._taken():
            if seat.process is not None and seat.process.poll() is not None:
                self._clear(seat)
        for seat in self.seats:
            if seat.process is None and not seat.closed and time.monotonic() >= seat.due:
                try:
                    seat.begin()
                except OSError as error:
                    seat.due = time.monotonic() + _LONGEST_PAUSE
                    logger().error("worker.not_started", reason=str(error))

    def _taken(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.process is not None]

    def _finish(self) -> None:
        for seat in self._taken():
            assert seat.process is not None
            seat.process.terminate()
        deadline = time.monotonic() + self.grace
        for seat in self._taken():
            assert seat.process is not None
            try:
                seat.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
            self._clear(seat)

    def _clear(self, seat: Seat) -> None:
        name, code = seat.name, seat.ended()
        try:
            with self.database.write() as connection:
                count = queue.forfeit(connection, name)
                seat.closed = fleet.is_out(connection, name)
                fleet.leave(connection, name)
        except StoreError as error:  # it is given back when its lease ends
            logger(worker=name).warning("database.unusable", reason=str(error))
            return
        log = logger(worker=name)
        if code:
            log.warning("worker.ended", code=code, given_back=count)
        if seat.closed:
            log.error("worker.not_replaced", reason="it was taken out: restart when it is repaired")


def clear_up(database: Database) -> None:
    """Give back what the workers of a server that was killed held; there is no other server."""
    with database.write() as connection:
        for worker in fleet.present(connection, PREFIX):
            queue.forfeit(connection, worker)
            fleet.leave(connection, worker)


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(_SECRETS) or k in _OPEN}
