"""Waits for what happens elsewhere: in a thread, a process or a database."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 30.0


def wait_until(holds: Callable[[], bool]) -> float:
    """The seconds until something holds; fails where it never does."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() < began + SECONDS
        time.sleep(0.005)
    return time.monotonic() - began
