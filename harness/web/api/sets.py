"""Problem sets of classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field
from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from harness.store import assignments, sets
from harness.store.assignments import MOST_ATTEMPTS, MOST_PROBLEMS, Set, Terms
from harness.store.sets import ALL_HINTS
from harness.web import teaching
from harness.web.api.about import About
from harness.web.api.models import NAME, PRINTABLE, Body, Listed, Moment, read_body, whole
from harness.web.call import Call
from harness.web.doors import Door, Who

Problem = Annotated[str, Field(max_length=80, pattern=NAME)]
Attempts = Annotated[int, Field(ge=1, le=MOST_ATTEMPTS)]
Hints = Annotated[int, Field(ge=0, le=ALL_HINTS), BeforeValidator(whole)]


class SetTerms(Body):
    """What a set asks: `attempts` is how many at each problem, `hints` the most level shown."""

    title: str = Field(min_length=1, max_length=120, pattern=PRINTABLE)
    problems: list[Problem] = Field(min_length=1, max_length=MOST_PROBLEMS)
    opens_at: Moment | None = None
    deadline: Moment | None = None
    attempts: Annotated[Attempts | None, BeforeValidator(whole)] = None
    hints: Hints = ALL_HINTS

    def checked(self, call: Call) -> Terms:
        """As the store takes it; raises `Unchanged`."""
        times = (self.opens_at, self.deadline)
        terms = Terms(self.title, tuple(self.problems), *times, self.attempts, self.hints)
        return terms.checked(call.site.problems.keys())


class Asked(BaseModel):
    """A problem of a set, and how many attempts who asks has made at it."""

    id: str
    used: int


class SetShown(BaseModel):
    """A set, with its problems in order."""

    id: str
    class_id: str
    title: str
    problems: Sequence[Asked]
    opens_at: AwareDatetime | None
    deadline: AwareDatetime | None
    attempts: int | None
    hints: int
    open: bool


def several(call: Call) -> Response:
    """The sets of a class, the oldest first."""
    with call.site.database.read() as connection:
        own = teaching.seen(call, connection, call.path("id"))
        found = assignments.sets_of(connection, own.id)
        items = [_shown(call, connection, each) for each in found]
    return JSONResponse({"items": items, "next": None})


def create(call: Call) -> Response:
    """A new set."""
    asked = read_body(call, SetTerms)
    with call.site.database.write() as connection, teaching.told():
        own = teaching.taught(call, connection, call.path("id"))
        id = teaching.set_up(call, connection, own, asked.checked(call))
        told = _found(call, connection, id)
    return JSONResponse(told, 201)


def read(call: Call) -> Response:
    """One set."""
    with call.site.database.read() as connection:
        _, found = teaching.seen_set(call, connection, call.path("id"))
        told = _shown(call, connection, found)
    return JSONResponse(told)


def change(call: Call) -> Response:
    """Set something else; what was handed in stays."""
    asked = read_body(call, SetTerms)
    with call.site.database.write() as connection, teaching.told():
        _, found = teaching.taught_set(call, connection, call.path("id"))
        teaching.change_set(call, connection, found.id, asked.checked(call))
        told = _found(call, connection, found.id)
    return JSONResponse(told)


def drop(call: Call) -> Response:
    """Take a set away; what was handed in to it stays, as practice."""
    with call.site.database.write() as connection:
        teaching.drop_set(call, connection, call.path("id"))
    return Response(status_code=204)


def _found(call: Call, connection: Connection, id: str) -> dict[str, object]:
    return _shown(call, connection, teaching.seen_set(call, connection, id)[1])


def _shown(call: Call, connection: Connection, found: Set) -> dict[str, object]:
    terms, used = found.terms, sets.attempts(connection, call.me.id, found.id)
    shown = SetShown(
        id=found.id,
        class_id=found.class_id,
        title=terms.title,
        problems=[Asked(id=each, used=used.get(each, 0)) for each in terms.problems],
        opens_at=terms.opens_at,
        deadline=terms.deadline,
        attempts=terms.attempts,
        hints=terms.hints,
        open=found.open,
    )
    return shown.model_dump(mode="json")


_ALL, _ONE = "/api/v1/classes/{id}/sets", "/api/v1/sets/{id}"
_READ = (Who.SIGNED_IN, "api", "read")
_TEACH = (Who.INSTRUCTOR, "api", "teach")
DOORS = (
    Door("GET", _ALL, several, *_READ, About("The sets of a class.", Listed[SetShown])),
    Door(
        "POST",
        _ALL,
        create,
        *_TEACH,
        About("Make a set.", SetShown, 201, takes=SetTerms, others=(409,)),
    ),
    Door("GET", _ONE, read, *_READ, About("A set.", SetShown)),
    Door(
        "PUT",
        _ONE,
        change,
        *_TEACH,
        About("Change a set.", SetShown, takes=SetTerms, others=(409,)),
    ),
    Door("DELETE", _ONE, drop, *_TEACH, About("Take a set away.", None, 204)),
)
