"""Which judgings nobody holds on to any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.store.queue import Held


@dataclass(slots=True)
class Watch:
    """Sees judgings again and again; one that was not renewed for so many seconds has ended.

    It goes by its own count of seconds. Clocks of machines differ and are set, forward and back: a
    moment that another machine wrote down says nothing about how long ago that was.
    """

    seconds: float
    _since: dict[Held, float] = field(default_factory=dict)

    def ended(self, running: Iterable[Held], at: float) -> list[Held]:
        """Those of the ones that run which have ended, given the count of seconds."""
        self._since = {held: self._since.get(held, at) for held in running}
        return [held for held, since in self._since.items() if at - since >= self.seconds]

    def forget(self) -> None:
        """Count anew: there was a time in which nobody could renew anything."""
        self._since = {}
