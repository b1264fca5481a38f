"""What an author is shown of a problem: batches as they are drawn, and what the reference does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.verdict import Moment


@dataclass(frozen=True, slots=True)
class Spread:
    """The smallest and largest number that one array takes in all batches."""

    name: str
    kind: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Example:
    """One batch: its sizes, its arguments by name, the result as text, the way of the carry."""

    dimensions: Mapping[str, int]
    arguments: Mapping[str, Any]
    result: str
    trajectory: Sequence[Moment]


@dataclass(frozen=True, slots=True)
class Sight:
    """A problem's batches in numbers, and some of them in full."""

    batches: int
    shapes: Sequence[Mapping[str, int]]
    exact: int
    arguments: Sequence[Spread]
    results: Sequence[Spread]
    examples: Sequence[Example]
