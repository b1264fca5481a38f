"""The steps of a judging, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from graders.verdict import Status


class Step(StrEnum):
    """What is done now; the last is one of two: a right program is run, a wrong one explained."""

    TRACING = "tracing"
    COMPARING = "comparing"
    STRUCTURE = "structure"
    DEVICE = "device"
    EXPLAINING = "explaining"


DOING: Mapping[Step, str] = MappingProxyType(
    {
        Step.TRACING: "tracing the function",
        Step.COMPARING: "comparing its results with the reference's",
        Step.STRUCTURE: "looking at how it is built",
        Step.DEVICE: "running it as it is compiled",
        Step.EXPLAINING: "looking for the mistake",
    }
)

# Told of each step as it begins, with what is known of the checks by then, by their names.
Watcher = Callable[[Step, Mapping[str, Status]], None]


def unwatched(step: Step, known: Mapping[str, Status]) -> None:
    """What watches a judging that nobody waits for."""
