"""What operators see and do: the queue, the workers, problems that were taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from harness.store import fleet, overview
from harness.store.audit import note
from harness.web.api.about import About
from harness.web.api.models import Listed
from harness.web.call import Call, Refusal, missing
from harness.web.doors import Door, Who


class LineShown(BaseModel):
    """Judgings of one priority: `oldest` is since when one waits."""

    waiting: int
    running: int
    oldest: datetime | None


class UnknownShown(BaseModel):
    """What waits for a version of a problem that no worker has."""

    problem: str
    version: str
    count: int


class OutShown(BaseModel):
    """A problem that is taken out, and why."""

    problem: str
    version: str
    reason: str | None
    quarantined_at: datetime


class QueueShown(BaseModel):
    """The queue, and what was found in the last hour and day."""

    live: LineShown
    rejudge: LineShown
    unknown: Sequence[UnknownShown]
    quarantined: Sequence[OutShown]
    hour: Mapping[str, int] = Field(description="How often each verdict was found.")
    day: Mapping[str, int] = Field(description="How often each verdict was found.")
    sizes: Mapping[str, int]


class WorkerShown(BaseModel):
    """A worker; `state` is working, lost, quarantined or ended. `errors` are in a row."""

    id: str
    versions: Mapping[str, str]
    isolation: str
    live_only: bool
    started_at: datetime
    seen_at: datetime
    judged: int
    errors: int
    state: str
    reason: str | None


class Released(BaseModel):
    """A problem that is judged by again."""

    problem: str
    version: str


def queue(call: Call) -> Response:
    """The queue now."""
    with call.site.database.read() as connection:
        lines = overview.queue(connection)
        found: dict[str, Any] = {name: asdict(line) for name, line in lines.items()}
        found["unknown"] = [row._asdict() for row in overview.unknown(connection)]
        found["quarantined"] = [
            {
                "problem": row.problem,
                "version": row.id,
                "reason": row.reason,
                "quarantined_at": row.quarantined_at,
            }
            for row in overview.quarantined(connection)
        ]
        shown = QueueShown.model_validate(
            {
                **found,
                "hour": overview.verdicts(connection, overview.HOUR),
                "day": overview.verdicts(connection, overview.DAY),
                "sizes": overview.sizes(connection),
            }
        )
    return JSONResponse(shown.model_dump(mode="json"))


def workers(call: Call) -> Response:
    """The workers, those heard of last first."""
    with call.site.database.read() as connection:
        found = overview.fleet(connection)
    items = [WorkerShown.model_validate(asdict(each)).model_dump(mode="json") for each in found]
    return JSONResponse({"items": items, "next": None})


def release(call: Call) -> Response:
    """Let a problem be judged by again."""
    problem, version = release_problem(call, call.path("id"))
    return JSONResponse({"problem": problem, "version": version})


def release_problem(call: Call, id: str) -> tuple[str, str]:
    """Let the current version of a problem be judged by again, and say which it is.

    Raises `Refusal` for no problem, and for one that is not taken out.
    """
    with call.site.database.write() as connection:
        version = fleet.current(connection, id)
        if version is None:
            raise missing("problem")
        if not fleet.release(connection, version):
            raise Refusal(409, "not_quarantined", f"{id} is not taken out: it is judged by")
        note(connection, call.me.id, "problem.released", id, {"version": version}, call.address)
    return id, version


_OPERATE = (Who.OPERATOR, "api", "operate")
DOORS = (
    Door("GET", "/api/v1/queue", queue, *_OPERATE, About("The queue.", QueueShown)),
    Door("GET", "/api/v1/workers", workers, *_OPERATE, About("Workers.", Listed[WorkerShown])),
    Door(
        "POST",
        "/api/v1/problems/{id}/release",
        release,
        *_OPERATE,
        About("Let a problem that was taken out be judged by again.", Released, others=(409,)),
    ),
)
