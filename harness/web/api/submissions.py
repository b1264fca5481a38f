"""Submissions: handing in, and what became of it."""

from __future__ import annotations

from pydantic import Field
from starlette.responses import JSONResponse, Response

from graders.verdict import Verdict
from harness.store import history
from harness.store.history import Wanted
from harness.store.paging import cursor
from harness.store.types import AnyRow
from harness.web.api.about import About
from harness.web.api.models import (
    NAME,
    Given,
    Listed,
    NewSubmission,
    Paged,
    SubmissionShown,
    part,
    read_body,
    read_headers,
    read_query,
)
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.submitting import hand_in, visible


class Keyed(Given):
    """What a client calls its request, so that it is accepted once however often it is sent."""

    key: str | None = Field(
        None, alias="Idempotency-Key", min_length=1, max_length=80, pattern=r"^[!-~]+$"
    )


class Which(Paged):
    """Which submissions: of a user, to a problem, with a verdict."""

    problem: str | None = Field(None, max_length=80, pattern=NAME)
    user: str | None = Field(None, max_length=40, pattern=NAME)
    verdict: Verdict | None = None


def create(call: Call) -> Response:
    """Accept a submission: it is safe when this answers."""
    asked = read_body(call, NewSubmission)
    key = read_headers(call, Keyed).key
    source = asked.source.encode()
    row, fresh = hand_in(call, asked.problem, source, asked.name, key, asked.set)
    location = {"location": f"{_ALL}/{row.id}"}
    return JSONResponse(_shown(row), 201 if fresh else 200, location)


def read(call: Call) -> Response:
    """One submission and its state."""
    return JSONResponse(_shown(visible(call, call.path("id"))))


def several(call: Call) -> Response:
    """The submissions that who asks may see, the newest first."""
    asked = read_query(call, Which)
    wanted = Wanted(None, asked.user, asked.problem, asked.verdict)
    with call.site.database.read() as connection:
        rows = history.listed(connection, call.me, wanted, asked.limit + 1, asked.cursor)
    items = [SubmissionShown.of(row) for row in rows]
    return JSONResponse(part(items, asked.limit, lambda item: cursor(item.created_at, item.id)))


def _shown(row: AnyRow) -> dict[str, object]:
    return SubmissionShown.of(row).model_dump(mode="json")


_ALL = "/api/v1/submissions"
DOORS = (
    Door(
        "POST",
        _ALL,
        create,
        Who.SIGNED_IN,
        "api",
        "submit",
        About(
            "Hand in a submission: 200 for what was accepted before with the same key.",
            SubmissionShown,
            201,
            takes=NewSubmission,
            headers=Keyed,
            others=(200, 403, 404, 409, 429),
        ),
    ),
    Door(
        "GET",
        _ALL,
        several,
        Who.SIGNED_IN,
        "api",
        "read",
        About(
            "One's own submissions, and those of classes that one teaches, the newest first.",
            Listed[SubmissionShown],
            query=Which,
        ),
    ),
    Door(
        "GET",
        f"{_ALL}/{{id}}",
        read,
        Who.SIGNED_IN,
        "api",
        "read",
        About("A submission and its state.", SubmissionShown),
    ),
)
