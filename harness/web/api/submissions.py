"""Submissions: handing in, following, reading."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from harness.store import queue, submissions
from harness.store.limits import take
from harness.store.submissions import KeyReused, Offered
from harness.web.api.models import NewSubmission, SubmissionShown, read_body
from harness.web.call import Call, Refusal, missing
from harness.web.doors import Door, Who

_BUSY_SECONDS = 10


def create(call: Call) -> Response:
    """Accept a submission: it is safe when this answers."""
    asked = read_body(call, NewSubmission)
    problem = call.site.problems.get(asked.problem)
    if problem is None:
        raise missing("problem")
    source = asked.source.encode("utf-8", "surrogatepass")
    key = call.request.headers.get("idempotency-key")
    with call.site.database.write() as connection:
        wait = take(connection, f"submit:{call.me.id}", call.site.rules.submit)
    if wait is not None:
        raise Refusal(429, "too_often", "you submit too often: wait a little", retry=wait)
    offered = Offered(call.me.id, problem.id, problem.version, asked.name, source, None, key)
    try:
        with call.site.database.write() as connection:
            if queue.length(connection) >= call.site.rules.queue:
                raise Refusal(429, "busy", "the queue is full: try again soon", _BUSY_SECONDS)
            id, fresh = submissions.accept(connection, offered)
    except KeyReused as error:
        raise Refusal(409, "key_reused", str(error)) from None
    location = {"location": f"/api/v1/submissions/{id}"}
    return JSONResponse(shown(call, id), 201 if fresh else 200, location)


def read(call: Call) -> Response:
    """One submission and its state."""
    return JSONResponse(shown(call, call.path("id")))


def shown(call: Call, id: str) -> dict[str, object]:
    """A submission as the API tells of it; raises `Refusal` for one that is not for who asks."""
    with call.site.database.read() as connection:
        row = submissions.one(connection, id)
    if row is None or not (row.user_id == call.me.id or call.me.teaches):
        raise missing("submission")
    return SubmissionShown.of(row).model_dump(mode="json")


DOORS = (
    Door("POST", "/api/v1/submissions", create, Who.SIGNED_IN, "api", "submit"),
    Door("GET", "/api/v1/submissions/{id}", read, Who.SIGNED_IN, "api", "read"),
)
