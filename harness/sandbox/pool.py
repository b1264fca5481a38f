"""Keeps a warm parent at hand: replaced after a number of children, and when it dies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from harness.sandbox.parent import WarmParent

_LEASES = 1000


@dataclass(slots=True)
class ParentPool:
    """One warm parent at a time, for any number of threads. Close it.

    `most` is the strongest isolation to go for; `warm` parents take longer to start and save each
    child some time.
    """

    most: str = "strict"
    warm: bool = False
    leases: int = _LEASES
    _current: WarmParent | None = None
    _leases: dict[int, int] = field(default_factory=dict)
    _launched: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def prepare(self) -> None:
        """Start a parent if there is none, without waiting for it; raises `OSError`."""
        with self._lock:
            self._ensure()

    @contextmanager
    def lease(self) -> Iterator[WarmParent]:
        """A parent that lives at least as long as the lease; raises `OSError`."""
        with self._lock:
            parent = self._ensure()
            self._launched += 1
            self._leases[id(parent)] = self._leases.get(id(parent), 0) + 1
        try:
            yield parent
        finally:
            with self._lock:
                self._return(parent)

    def close(self) -> None:
        """End the parent and all its children."""
        with self._lock:
            if self._current is not None:
                self._drop(self._current)

    def _return(self, parent: WarmParent) -> None:
        if id(parent) not in self._leases:  # the pool was closed during the lease
            return
        self._leases[id(parent)] -= 1
        idle = not self._leases[id(parent)]
        worn = parent is self._current and self._launched >= self.leases
        if idle and (worn or parent is not self._current or parent.gone):
            self._drop(parent)

    def _ensure(self) -> WarmParent:
        if self._current is not None and self._current.gone:
            self._release_current()
        if self._current is None:
            self._current = WarmParent.start(self.most, warm=self.warm)
            self._launched = 0
        return self._current

    def _release_current(self) -> None:
        parent, self._current = self._current, None
        if parent is not None and not self._leases.get(id(parent)):
            self._drop(parent)

    def _drop(self, parent: WarmParent) -> None:
        if parent is self._current:
            self._current = None
        self._leases.pop(id(parent), None)
        parent.close()
