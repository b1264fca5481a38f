"""Submissions: handing in, following, reading."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from harness.web import submitting
from harness.web.api.models import NewSubmission, SubmissionShown, read_body
from harness.web.call import Call
from harness.web.doors import Door, Who


def create(call: Call) -> Response:
    """Accept a submission: it is safe when this answers."""
    asked = read_body(call, NewSubmission)
    source = asked.source.encode("utf-8", "surrogatepass")
    key = call.request.headers.get("idempotency-key")
    id, fresh = submitting.hand_in(call, asked.problem, source, asked.name, key)
    return JSONResponse(shown(call, id), 201 if fresh else 200)


def read(call: Call) -> Response:
    """One submission and its state."""
    return JSONResponse(shown(call, call.path("id")))


def shown(call: Call, id: str) -> dict[str, object]:
    """A submission as the API tells of it; raises `Refusal` for one that is not for who asks."""
    return SubmissionShown.of(submitting.seen(call, id)).model_dump(mode="json")


DOORS = (
    Door("POST", "/api/v1/submissions", create, Who.SIGNED_IN, "api", "submit"),
    Door("GET", "/api/v1/submissions/{id}", read, Who.SIGNED_IN, "api", "read"),
)
