"""Problems, drafts for them, and their leaderboards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from harness.problem.model import Problem
from harness.store import drafts, standings
from harness.store.standings import Standing
from harness.web.api.about import About
from harness.web.api.models import NAME, Body, Listed, Paged, Source, part, read_body, read_query
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.submitting import problem as problem_of

_PLACE = r"^[0-9]{1,10}-[0-9]{1,16}-[a-z0-9._-]{1,39}$"


class After(Paged):
    """Which part of the problems, which are in the order of their ids."""

    cursor: str | None = Field(None, max_length=80, pattern=NAME)


class Below(Paged):
    """Which part of the leaderboard."""

    cursor: str | None = Field(None, pattern=_PLACE, max_length=80)


class ProblemListed(BaseModel):
    """A problem; `entry` is the function it asks for.

    `state` is `new`, `tried` or `accepted`, for who asks.
    """

    id: str
    title: str
    level: str
    tags: list[str]
    summary: str
    entry: str
    version: str
    state: str


class ProblemShown(ProblemListed):
    """A problem with its statement, in Markdown, and the file to begin with."""

    statement: str
    starter: str


class Place(BaseModel):
    """A place on the leaderboard; `equations` is how many there are in the loops of the program."""

    rank: int
    user: str
    equations: int | None
    accepted_at: datetime


class NewDraft(Body):
    """What somebody is about to hand in."""

    source: Source


class DraftShown(BaseModel):
    """A draft; where nothing was saved, it is the file to begin with, and `saved_at` is null."""

    source: str
    saved_at: datetime | None


def several(call: Call) -> Response:
    """All problems, each with how who asks stands with it."""
    asked = read_query(call, After)
    states = _states(call)
    found = [
        call.site.problems[id] for id in sorted(call.site.problems) if id > (asked.cursor or "")
    ]
    items = [ProblemListed(**_told(problem, states)) for problem in found[: asked.limit + 1]]
    return JSONResponse(part(items, asked.limit, lambda item: item.id))


def read(call: Call) -> Response:
    """One problem, with what is needed to answer it."""
    problem = problem_of(call, call.path("id"))
    told = _told(problem, _states(call))
    shown = ProblemShown(**told, statement=problem.statement, starter=problem.starter)
    return JSONResponse(shown.model_dump(mode="json"))


def leaderboard(call: Call) -> Response:
    """Who was accepted, the smallest programs first; never a program."""
    problem, asked = problem_of(call, call.path("id")), read_query(call, Below)
    with call.site.database.read() as connection:
        rows = standings.leaderboard(connection, problem.id, asked.limit + 1, asked.cursor)
    following = rows[asked.limit - 1].cursor if len(rows) > asked.limit else None
    told = Listed[Place](items=[_place(row) for row in rows[: asked.limit]], next=following)
    return JSONResponse(told.model_dump(mode="json"))


def draft(call: Call) -> Response:
    """What was saved last for a problem."""
    problem = problem_of(call, call.path("id"))
    with call.site.database.read() as connection:
        row = drafts.read(connection, call.me.id, problem.id)
    source, saved_at = (
        (problem.starter, None) if row is None else (row.source.decode(), row.saved_at)
    )
    return JSONResponse(DraftShown(source=source, saved_at=saved_at).model_dump(mode="json"))


def save(call: Call) -> Response:
    """Save a draft in the place of the one before it."""
    problem, source = problem_of(call, call.path("id")), read_body(call, NewDraft).source
    with call.site.database.write() as connection:
        saved_at = drafts.save(connection, call.me.id, problem.id, source.encode())
    return JSONResponse(DraftShown(source=source, saved_at=saved_at).model_dump(mode="json"))


def _states(call: Call) -> dict[str, str]:
    with call.site.database.read() as connection:
        return dict(standings.progress(connection, call.me.id))


def _told(problem: Problem, states: dict[str, str]) -> dict[str, Any]:
    names = ("id", "title", "level", "summary", "version")
    told = {name: getattr(problem, name) for name in names}
    asked = {"entry": problem.rubric.entry, "tags": list(problem.tags)}
    return {**told, **asked, "state": states.get(problem.id, "new")}


def _place(row: Standing) -> Place:
    return Place(rank=row.rank, user=row.user, equations=row.equations, accepted_at=row.accepted_at)


_ALL, _ONE = "/api/v1/problems", "/api/v1/problems/{id}"
_READ = (Who.SIGNED_IN, "api", "read")
DOORS = (
    Door("GET", _ALL, several, *_READ, About("All problems.", Listed[ProblemListed], query=After)),
    Door("GET", _ONE, read, *_READ, About("A problem.", ProblemShown)),
    Door(
        "GET",
        f"{_ONE}/leaderboard",
        leaderboard,
        *_READ,
        About(
            "Accepted programs, those with the fewest equations first.", Listed[Place], query=Below
        ),
    ),
    Door("GET", f"{_ONE}/draft", draft, *_READ, About("One's draft for a problem.", DraftShown)),
    Door(
        "PUT",
        f"{_ONE}/draft",
        save,
        Who.SIGNED_IN,
        "api",
        "submit",
        About("Save one's draft for a problem.", DraftShown, takes=NewDraft),
    ),
)
