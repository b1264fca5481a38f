"""placeholder until the engine lands"""

from __future__ import annotations

from collections.abc import Iterator

from graders.bank import Bank
from graders.rubric import Rubric
from harness.verification import Point


def mutation_points(rubric: Rubric, bank: Bank) -> Iterator[Point]:
    return iter(())
