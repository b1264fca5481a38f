"""A time in which the database cannot be used: how long to wait for it, and when to say so."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from harness.log import Logger, Seldom
from harness.store.database import StoreError

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0
_MOST_DOUBLINGS = 10


@dataclass(slots=True)
class Outage:
    """Counts tries that fail: the pause before the next one grows, and few of them are logged."""

    _failures: int = 0
    _saying: Seldom = field(default_factory=Seldom)

    def failed(self, error: StoreError, log: Logger) -> float:
        """How many seconds to wait before the next try."""
        self._failures += 1
        longest: float = _FIRST_PAUSE * 2 ** min(self._failures, _MOST_DOUBLINGS)
        if self._saying.due():
            log.warning("database.unusable", reason=str(error), failures=self._failures)
        return min(_LONGEST_PAUSE, longest) * random.uniform(0.5, 1)

    def over(self, log: Logger) -> None:
        """The database has been used: what fails from now on is said at once."""
        if self._failures:
            log.info("database.usable", failures=self._failures)
            self._failures, self._saying = 0, Seldom()
