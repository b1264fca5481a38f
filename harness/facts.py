"""What is known about the machine: facts, and whether it can judge with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FactStatus(StrEnum):
    """Whether something is there and works."""

    OK = "ok"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing found out: what it is, how it stands, and what to do when it is not well.

    Nothing can be judged while a `required` fact is not ok; the others make the judge safer or
    faster.
    """

    name: str
    status: FactStatus
    value: str
    advice: str = ""
    required: bool = False


def can_judge(facts: Iterable[Fact]) -> bool:
    """Whether nothing required is missing or broken."""
    return all(fact.status is FactStatus.OK for fact in facts if fact.required)
