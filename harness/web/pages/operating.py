"""The operator's page: the queue, the workers, and what is taken out."""

from __future__ import annotations

from starlette.responses import Response

from harness.store import overview
from harness.store.database import now
from harness.web.api.operating import release_problem
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.pages.rendering import render, see


def operator(call: Call) -> Response:
    """How the server does."""
    with call.site.database.read() as connection:
        return render(
            call,
            "operator.html",
            queue=overview.queue(connection),
            unknown=overview.unknown(connection),
            fleet=overview.fleet(connection),
            hour=overview.verdicts(connection, overview.HOUR),
            day=overview.verdicts(connection, overview.DAY),
            quarantined=overview.quarantined(connection),
            sizes=overview.sizes(connection),
            at=now(),
        )


def release(call: Call) -> Response:
    """Let a problem be judged by again."""
    release_problem(call, call.path("id"))
    return see("/operator")


DOORS = (
    Door("GET", "/operator", operator, Who.OPERATOR),
    Door("POST", "/operator/problems/{id}/release", release, Who.OPERATOR),
)
