"""Says how far a judging is, to whoever waits for it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from graders.steps import Step
from graders.verdict import Status
from harness.store import queue
from harness.store.database import Database, StoreError
from harness.store.queue import Claim
from harness.store.submissions import record

_SECONDS = 0.4


@dataclass(slots=True)
class Telling:
    """Watches one judging, which it holds for longer; use it as a context manager around that.

    What happens is written a little later, and only the newest of it, by a thread of its own: a
    judging that is soon done costs nothing, and a slow database keeps none waiting.
    """

    database: Database
    held: Claim
    lease: timedelta
    seconds: float = _SECONDS
    _newest: dict[str, Any] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _timer: threading.Timer | None = None

    def __enter__(self) -> Telling:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write nothing more, but for what is being written."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()

    def __call__(self, step: Step, known: Mapping[str, Status]) -> None:
        """Tell of a step that begins."""
        if not self.held.live:
            return
        checks = {name: str(status) for name, status in known.items()}
        with self._lock:
            self._newest = {"step": str(step), "checks": checks}
            if self._timer is None:
                self._timer = threading.Timer(self.seconds, self._write)
                self._timer.daemon = True
                self._timer.start()

    def _write(self) -> None:
        with self._lock:
            self._timer, newest = None, self._newest
        try:
            with self.database.write() as connection:
                # What is held has its row to itself: nothing is told of it once it is finished.
                if queue.renew(connection, self.held, self.lease):
                    data = {"attempt": self.held.attempt, **(newest or {})}
                    record(connection, self.held.submission, "running", data)
        except StoreError:
            pass  # the next step may be told, and what is found is brought in any case
