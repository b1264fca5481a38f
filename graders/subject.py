"""The thing under test, as the graders see it: a protocol, and the outcomes it can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from graders.jaxpr.model import Array, Equation, Program, Tree
from graders.verdict import Where

Dimensions = tuple[tuple[str, int], ...]


def told_apart(dimensions: Dimensions) -> bool:
    """Whether no extent is like another one or like 1, so that it says which axis is meant."""
    return len({1, *dict(dimensions).values()}) > len(dimensions)


class FailureKind(StrEnum):
    """Why a submission did not give what it was asked for."""

    SOURCE = "source"
    MISSING_FUNCTION = "missing_function"
    SYNTAX = "syntax"
    SIGNATURE = "signature"
    RAISED = "raised"
    EXITED = "exited"
    CRASHED = "crashed"
    PROTOCOL = "protocol"
    REFUSED = "refused"
    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Failure:
    """An outcome without a program: what happened, in the submission's own words where it spoke.

    `error` is the exception's qualified class name, `message` its text, `stage` where it happened:
    load, trace or run.
    """

    kind: FailureKind
    message: str
    error: str = ""
    stage: str = ""
    where: Where | None = None
    dimensions: Dimensions = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """The program a submission is, for one assignment of dimensions."""

    dimensions: Dimensions
    program: Program
    result: Tree

    @property
    def plainness(self) -> tuple[bool, list[int]]:
        """What to sort by to have shapes whose extents are told apart first, and small ones."""
        return not told_apart(self.dimensions), [size for _, size in self.dimensions]


@dataclass(frozen=True, slots=True)
class DeviceRun:
    """Raw results of the compiled submission on one batch; `values` are the result's leaves."""

    batch: int
    values: tuple[Array, ...]


class Subject(Protocol):
    """A submission that can be traced and run; every call returns an outcome, never raises."""

    def traces(self) -> Sequence[Trace] | Failure:
        """One trace for each shape it was asked for, in that order."""
        ...

    def device_runs(self) -> Sequence[DeviceRun] | Failure:
        """Results of the compiled submission in float32, one for each batch it was given."""
        ...

    def device(self) -> str:
        """The XLA device that ran it, such as `cpu`."""
        ...


class Oracle(Protocol):
    """Evaluates a primitive the interpreter has no rule for, away from the submission."""

    def evaluate(self, equation: Equation, inputs: Sequence[Array]) -> tuple[Array, ...]:
        """Results of one equation; raises `LookupError` when it cannot be evaluated."""
        ...

    def used(self) -> tuple[str, ...]:
        """The primitives it has evaluated so far, sorted."""
        ...
