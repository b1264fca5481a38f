"""Waits for what happens elsewhere: in a thread, a process or a database."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 30.0


def wait_until(holds: Callable[[], bool], seconds: float = SECONDS) -> float:
    """The seconds until something holds; fails where it does not in time."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() < began + seconds
        time.sleep(0.005)
    return time.monotonic() - began
