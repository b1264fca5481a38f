"""Which processors a child runs on: two, and if there are enough, two that no other child runs on.

XLA starts several threads for each processor there is, and the stacks of these count as private
memory: on a machine with many processors nothing would be left of what a submission may use.
"""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Sequence
from dataclasses import dataclass

_PLACES = 2


@dataclass(frozen=True, slots=True)
class Seat:
    """Processors, by their numbers, which are free again once it is left; none if unknown."""

    processors: Sequence[int]
    _claim: socket.socket | None = None

    def leave(self) -> None:
        """Let others have them."""
        if self._claim is not None:
            self._claim.close()


def take() -> Seat:
    """Free processors, or any when none are free; it never waits."""
    there = available()
    if len(there) <= _PLACES:
        return Seat(there)
    # Of an odd number, one stands in two of these: it is better that it works twice than never.
    starts = [min(start, len(there) - _PLACES) for start in range(0, len(there), _PLACES)]
    random.shuffle(starts)
    for start in starts:
        processors = there[start : start + _PLACES]
        claim = _claim(processors[0])
        if claim is not None:
            return Seat(processors, claim)
    return Seat(there[starts[0] : starts[0] + _PLACES])


def available() -> Sequence[int]:
    """The processors this process may run on; none where the system does not tell."""
    if not hasattr(os, "sched_getaffinity"):
        return ()
    return tuple(sorted(os.sched_getaffinity(0)))


def _claim(processor: int) -> socket.socket | None:
    """What holds a processor for this process, and ends with it; None if another has it.

    A name of Linux's own for sockets is in no folder, and is seen by all that share the processors.
    """
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        claim.bind(f"\0jaxjudge-processor-{processor}")
    except OSError:
        claim.close()
        return None
    return claim
