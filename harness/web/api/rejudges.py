"""Rejudges: begun, looked at, and applied or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from graders.verdict import Verdict
from harness.store import applying, rejudging
from harness.store.paging import cursor
from harness.store.rejudging import Chosen
from harness.web import rejudges, teaching
from harness.web.api.about import About
from harness.web.api.models import (
    NAME,
    ROW_ID,
    Body,
    Given,
    Listed,
    Moment,
    Paged,
    part,
    read_body,
    read_headers,
    read_query,
)
from harness.web.api.submissions import Keyed
from harness.web.call import Call
from harness.web.doors import Door, Who


class Fitting(BaseModel):
    """Which submissions: all that fit everything that is given.

    `outdated` are those judged by a version of the problem that it no longer has. Times are when
    they were handed in, `until` excluded; `verdict` is the one that counts now.
    """

    problem: str | None = Field(None, max_length=80, pattern=NAME)
    verdict: Verdict | None = None
    since: Moment | None = None
    until: Moment | None = None
    outdated: bool = False
    class_id: str | None = Field(None, pattern=ROW_ID)

    def chosen(self) -> Chosen:
        """As the store takes it."""
        verdict = None if self.verdict is None else str(self.verdict)
        times = (self.since, self.until)
        return Chosen(self.problem, verdict, *times, self.outdated, self.class_id)


class NewRejudge(Fitting, Body):
    """A rejudge to be."""


class Asked(Fitting, Given):
    """The same, as a question."""


class After(Given):
    """Which part of a list: those after a submission."""

    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, pattern=ROW_ID)


class Count(BaseModel):
    """How many submissions there are."""

    submissions: int


class RejudgeListed(BaseModel):
    """A rejudge; `state` is judging, applied or dropped."""

    id: str
    user: str
    filter: Mapping[str, Any]
    state: str
    created_at: datetime
    decided_at: datetime | None


class ChangeShown(BaseModel):
    """So many verdicts that go from one to another; `scores` of them with another score."""

    before: str
    after: str
    count: int
    scores: int


class RejudgeShown(RejudgeListed):
    """A rejudge with how far it is, and what it changes; judge errors change nothing."""

    total: int
    left: int
    errors: int
    superseded: bool
    applicable: bool
    changes: Sequence[ChangeShown]


class ChangedShown(BaseModel):
    """A submission that a rejudge changes, or has changed."""

    id: str
    user: str
    problem: str
    before: str
    before_score: float
    after: str
    after_score: float


def several(call: Call) -> Response:
    """One's rejudges, the newest first; for operators, all."""
    asked = read_query(call, Paged)
    with call.site.database.read() as connection:
        rows = rejudging.latest(connection, call.me, asked.limit + 1, asked.cursor)
    items = [RejudgeListed.model_validate(rejudges.brief(row)) for row in rows]
    return JSONResponse(part(items, asked.limit, lambda item: cursor(item.created_at, item.id)))


def count(call: Call) -> Response:
    """How many submissions a rejudge would judge."""
    asked = read_query(call, Asked)
    with call.site.database.read() as connection:
        found = rejudging.count(connection, call.me, asked.chosen())
    return JSONResponse({"submissions": found})


def create(call: Call) -> Response:
    """Begin a rejudge."""
    asked, key = read_body(call, NewRejudge), read_headers(call, Keyed).key
    with call.site.database.write() as connection, teaching.told():
        id, fresh = rejudging.create(connection, call.me, asked.chosen(), key)
    return _answer(call, id, 201 if fresh else 200)


def read(call: Call) -> Response:
    """One rejudge."""
    return _answer(call, call.path("id"))


def changed(call: Call) -> Response:
    """The submissions that it changes, or has changed."""
    asked = read_query(call, After)
    with call.site.database.read() as connection:
        row = rejudges.found(call, connection, call.path("id"))
        rows = applying.changed(connection, row, asked.limit + 1, asked.cursor or "")
    items = [ChangedShown.model_validate(row._asdict()) for row in rows]
    return JSONResponse(part(items, asked.limit, lambda item: item.id))


def apply(call: Call) -> Response:
    """Let what it found count."""
    return _answer(call, rejudges.decide(call, applying.apply))


def drop(call: Call) -> Response:
    """Let nothing that it found count."""
    return _answer(call, rejudges.decide(call, applying.drop))


def _answer(call: Call, id: str, status: int = 200) -> Response:
    with call.site.database.read() as connection:
        row = rejudges.found(call, connection, id)
        document = rejudges.shown(connection, row).document()
    shown = RejudgeShown.model_validate(document)
    return JSONResponse(shown.model_dump(mode="json"), status)


_ALL, _ONE = "/api/v1/rejudges", "/api/v1/rejudges/{id}"
_TEACH = (Who.INSTRUCTOR, "api", "teach")
DOORS = (
    Door(
        "GET",
        _ALL,
        several,
        *_TEACH,
        About("One's rejudges, the newest first.", Listed[RejudgeListed], query=Paged),
    ),
    Door(
        "POST",
        _ALL,
        create,
        *_TEACH,
        About(
            "Begin a rejudge. What was begun before with the same key is answered with 200.",
            RejudgeShown,
            201,
            takes=NewRejudge,
            headers=Keyed,
            others=(200, 409),
        ),
    ),
    Door(
        "GET",
        f"{_ALL}/count",
        count,
        *_TEACH,
        About("How many submissions a rejudge would judge.", Count, query=Asked),
    ),
    Door("GET", _ONE, read, *_TEACH, About("A rejudge.", RejudgeShown)),
    Door(
        "GET",
        f"{_ONE}/changes",
        changed,
        *_TEACH,
        About("The submissions that it changes.", Listed[ChangedShown], query=After),
    ),
    Door(
        "POST",
        f"{_ONE}/apply",
        apply,
        *_TEACH,
        About("Let what it found count, all at once.", RejudgeShown, others=(409,)),
    ),
    Door(
        "POST",
        f"{_ONE}/drop",
        drop,
        *_TEACH,
        About("Let nothing that it found count.", RejudgeShown, others=(409,)),
    ),
)
