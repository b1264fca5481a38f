"""What the learners of a class have reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from harness.web import gradebook, teaching
from harness.web.api.about import About
from harness.web.api.models import ROW_ID, Given, read_query
from harness.web.call import Call
from harness.web.doors import Door, Who


class OfSet(Given):
    """Which set; without one, all of the class."""

    set: str | None = Field(None, pattern=ROW_ID)


class Reached(BaseModel):
    """The best that a learner handed in to a problem; `verdict` is null while it is not judged."""

    submission: str
    verdict: str | None
    score: float | None
    max_score: float | None
    attempts: int
    late: bool
    at: datetime


class LearnerShown(BaseModel):
    """A learner; `accepted` and `score` are what was reached in time."""

    name: str
    accepted: int
    score: float
    problems: Mapping[str, Reached]


class SetNamed(BaseModel):
    """A set and its title."""

    id: str
    title: str


class ResultsShown(BaseModel):
    """What a class has reached."""

    class_id: str
    name: str
    sets: Sequence[SetNamed]
    problems: Sequence[str]
    learners: Sequence[LearnerShown]


def results(call: Call) -> Response:
    """What all have reached; for a learner, what they have themselves."""
    return JSONResponse(_book(call).document())


def results_csv(call: Call) -> Response:
    """The same, for spreadsheets."""
    book = _book(call)
    headers = {"content-disposition": f'attachment; filename="class-{book.of.id}.csv"'}
    return Response(book.csv(), media_type="text/csv", headers=headers)


def _book(call: Call) -> gradebook.Gradebook:
    asked = read_query(call, OfSet)
    with call.site.database.read() as connection:
        own = teaching.seen(call, connection, call.path("id"))
        user = None if own.teaches else call.me.id
        return gradebook.gradebook(connection, own, asked.set, user)


_ONE = "/api/v1/classes/{id}"
_READ = (Who.SIGNED_IN, "api", "read")
DOORS = (
    Door(
        "GET",
        f"{_ONE}/results",
        results,
        *_READ,
        About("The best of each learner at each problem.", ResultsShown, query=OfSet),
    ),
    Door(
        "GET",
        f"{_ONE}/results.csv",
        results_csv,
        *_READ,
        About("The same, as CSV.", query=OfSet, media="text/csv"),
    ),
)
