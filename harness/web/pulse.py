"""Whether the database takes what is written, and saying seldom that it does not."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta

from harness.log import Seldom, logger
from harness.store.database import Database, StoreError
from harness.store.limits import Rate, take

_KEY = "health"
_RATE = Rate(1, timedelta(seconds=1))
_SECONDS = 5.0


@dataclass(slots=True)
class Pulse:
    """What one process has noticed of its database last. Threads may share it."""

    _well: bool = True
    _next: float = -math.inf
    _trying: threading.Lock = field(default_factory=threading.Lock)
    _saying: Seldom = field(default_factory=Seldom)

    def writes(self, database: Database) -> bool:
        """Whether something can be written: strangers ask, so it is tried every few seconds only.

        Who asks while it is being tried is told what was found before.
        """
        if self._trying.acquire(blocking=False):
            try:
                if time.monotonic() >= self._next:
                    self._well = self._wrote(database)
                    self._next = time.monotonic() + _SECONDS
            finally:
                self._trying.release()
        return self._well

    def unusable(self, error: StoreError) -> None:
        """Write down why: each request that this costs has a line of its own already."""
        if self._saying.due():
            logger().error("database.unusable", reason=str(error))

    def _wrote(self, database: Database) -> bool:
        try:
            with database.write() as connection:
                take(connection, _KEY, _RATE)
        except StoreError as error:
            self.unusable(error)
            return False
        return True
