"""What was found out about a submission, and what was handed in."""

from __future__ import annotations

from typing import Any

from pydantic import Field, RootModel
from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from harness.report.detail import MOST, limited_document
from harness.store import sets, submissions
from harness.store.types import AnyRow
from harness.web.api.about import About
from harness.web.api.models import Given, read_query
from harness.web.call import Call, Refusal, missing
from harness.web.doors import Door, Who
from harness.web.submitting import visible


class Level(Given):
    """How much a report tells: 0 what is wrong, 1 where, 2 the known mistake, 3 what to change."""

    hints: int = Field(MOST, ge=0, le=MOST)


class ReportShown(RootModel[dict[str, Any]]):
    """A report as `jaxjudge submit --json` gives it; its schema is shipped with jaxjudge."""


def allowed_hints(call: Call, connection: Connection, row: AnyRow) -> int:
    """The most that a report of a submission may tell who asks: who teaches is told everything."""
    return MOST if call.me.teaches else sets.hints(connection, row.user_id, row.problem)


def report(call: Call) -> Response:
    """The report that counts, with no more help than is asked for and allowed."""
    asked = read_query(call, Level)
    row = visible(call, call.path("id"))
    with call.site.database.read() as connection:
        found = submissions.report(connection, row.id)
        most = allowed_hints(call, connection, row)
    if found is None:
        raise _none(row)
    return JSONResponse(limited_document(found, min(asked.hints, most)))


def source(call: Call) -> Response:
    """The bytes that were handed in."""
    row = visible(call, call.path("id"))
    with call.site.database.read() as connection:
        found = submissions.source(connection, row.id)
    if found is None:
        raise missing("submission")
    headers = {"content-disposition": "attachment"}  # no browser may take it for a page
    return Response(found, media_type="text/x-python", headers=headers)


def _none(row: AnyRow) -> Refusal:
    if row.state == "dead":
        why = "the judge could not judge this submission; an instructor can have it judged again"
        return Refusal(409, "no_report", why)
    return Refusal(409, "not_judged", "this submission is not judged yet: follow its events")


_ONE = "/api/v1/submissions/{id}"
DOORS = (
    Door(
        "GET",
        f"{_ONE}/report",
        report,
        Who.SIGNED_IN,
        "api",
        "read",
        About("The report of a submission.", ReportShown, query=Level, others=(409,)),
    ),
    Door(
        "GET",
        f"{_ONE}/source",
        source,
        Who.SIGNED_IN,
        "api",
        "read",
        About("What was handed in, in bytes.", media="text/x-python"),
    ),
)
