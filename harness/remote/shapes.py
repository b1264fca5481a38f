"""What a server tells of: the parts of its answers that the command line uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from graders.steps import DOING, Step
from harness.remote.exchange import unfit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class User:
    """Who is asking; `token` is the id of the token that was sent, where the server says so."""

    id: str
    name: str
    role: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Entrance:
    """A new token, and whom it is for."""

    id: str
    token: str
    user: User


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission on a server, and what has become of it.

    `ahead` is how many wait before it, where it waits and the server says so.
    """

    id: str
    problem: str
    name: str
    created_at: datetime
    state: str
    verdict: str | None = None
    score: float | None = None
    max_score: float | None = None
    ahead: int | None = None

    @property
    def settled(self) -> bool:
        """Whether there is a verdict, and nothing more to wait for."""
        return self.state in ("done", "dead")

    @property
    def told(self) -> str:
        """What to say of it while it waits."""
        return waiting(self.state, self.ahead)


@dataclass(frozen=True, slots=True)
class Offer:
    """A problem of a server; `entry` is the function it asks for."""

    id: str
    entry: str | None = None


def waiting(state: str, ahead: int | None, step: str = "") -> str:
    """What to say of a submission in a state, and at a step of its judging."""
    if step in set(Step):
        return f"{state}, {DOING[Step(step)]}"
    if state != "queued" or ahead is None:
        return state
    return f"queued, {ahead} before you" if ahead else "queued, you are next"


def fit(url: str, kind: type[T], document: object) -> T:
    """An answer of a server as one of these; raises `MachineError` for one that does not fit."""
    try:
        return TypeAdapter(kind).validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or kind.__name__
        raise unfit(url, f"{where}: {first['msg']}") from None


def items(url: str, kind: type[T], document: object) -> tuple[list[T], str]:
    """The items of a page of a list, and where the next page begins; empty for the last one."""
    page: Mapping[str, Any] = document if isinstance(document, Mapping) else {}
    found, cursor = page.get("items"), page.get("next")
    if not isinstance(found, list) or not isinstance(cursor, (str, type(None))):
        raise unfit(url, "it is no list")
    return list(_fitting(url, kind, found)), cursor or ""


def _fitting(url: str, kind: type[T], found: list[object]) -> Iterator[T]:
    return (fit(url, kind, item) for item in found)
