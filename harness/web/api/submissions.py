"""Submissions: handing in, and what became of it."""

from __future__ import annotations

from pydantic import Field
from starlette.responses import JSONResponse, Response

from graders.verdict import Verdict
from harness.store import history, queue, submissions
from harness.store.history import Wanted
from harness.store.limits import take
from harness.store.paging import cursor
from harness.store.submissions import KeyReused, Offered
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
from harness.web.call import Call, Refusal, missing
from harness.web.doors import Door, Who

_BUSY_SECONDS = 10


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
    problem = call.site.problems.get(asked.problem)
    if problem is None:
        raise missing("problem")
    with call.site.database.write() as connection:
        wait = take(connection, f"submit:{call.me.id}", call.site.rules.submit)
    if wait is not None:
        raise Refusal(429, "too_often", "you submit too often: wait a little", retry=wait)
    source = asked.source.encode()
    offered = Offered(call.me.id, problem.id, problem.version, asked.name, source, None, key)
    try:
        with call.site.database.write() as connection:
            if queue.length(connection) >= call.site.rules.queue:
                raise Refusal(429, "busy", "the queue is full: try again soon", _BUSY_SECONDS)
            id, fresh = submissions.accept(connection, offered)
    except KeyReused as error:
        raise Refusal(409, "key_reused", str(error)) from None
    location = {"location": f"/api/v1/submissions/{id}"}
    return JSONResponse(_shown(visible(call, id)), 201 if fresh else 200, location)


def read(call: Call) -> Response:
    """One submission and its state."""
    return JSONResponse(_shown(visible(call, call.path("id"))))


def several(call: Call) -> Response:
    """Submissions, the newest first: one's own, or for instructors those of all."""
    asked = read_query(call, Which)
    own = None if call.me.teaches else call.me.id
    wanted = Wanted(own, asked.user, asked.problem, asked.verdict)
    with call.site.database.read() as connection:
        rows = history.listed(connection, wanted, asked.limit + 1, asked.cursor)
    items = [SubmissionShown.of(row) for row in rows]
    return JSONResponse(part(items, asked.limit, lambda item: cursor(item.created_at, item.id)))


def visible(call: Call, id: str) -> AnyRow:
    """The row of a submission; raises `Refusal` for one that is not for who asks."""
    with call.site.database.read() as connection:
        row = submissions.one(connection, id)
    if row is None or not (row.user_id == call.me.id or call.me.teaches):
        raise missing("submission")
    return row


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
            others=(200, 404, 409, 429),
        ),
    ),
    Door(
        "GET",
        _ALL,
        several,
        Who.SIGNED_IN,
        "api",
        "read",
        About("One's own submissions, the newest first.", Listed[SubmissionShown], query=Which),
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
