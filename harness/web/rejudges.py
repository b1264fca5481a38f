"""Rejudges as who asks may see them, with how far they are and what they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from harness.store import applying, overview, rejudging
from harness.store.applying import Change
from harness.store.types import AnyRow
from harness.web import teaching
from harness.web.call import Call, missing


@dataclass(frozen=True, slots=True)
class Shown:
    """A rejudge: its row, how many judgings are in which state, and what it changes.

    `superseded`: a problem has got a newer version since, so that it can only be dropped. `unknown`
    are problems whose version no worker has now.
    """

    row: AnyRow
    states: Mapping[str, int]
    changes: Sequence[Change]
    superseded: bool
    unknown: Sequence[str]

    @property
    def total(self) -> int:
        """How many submissions it judges."""
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """How many are not judged yet."""
        return self.states.get("queued", 0) + self.states.get("running", 0)

    @property
    def verdicts(self) -> int:
        """How many verdicts it changes."""
        return sum(each.count for each in self.changes if each.before != each.after)

    @property
    def scores(self) -> int:
        """How many scores it changes."""
        return sum(each.scores for each in self.changes)

    @property
    def errors(self) -> int:
        """How many it could not judge: their verdicts stay."""
        judged = self.total - self.left
        return judged - sum(each.count for each in self.changes)

    @property
    def applicable(self) -> bool:
        """Whether it can be applied now."""
        return self.row.state == "judging" and not self.left and not self.superseded

    def document(self) -> dict[str, Any]:
        """What the API tells of it."""
        return {
            **brief(self.row),
            "total": self.total,
            "left": self.left,
            "errors": self.errors,
            "superseded": self.superseded,
            "applicable": self.applicable,
            "changes": [
                {"before": c.before, "after": c.after, "count": c.count, "scores": c.scores}
                for c in self.changes
            ],
        }


def brief(row: AnyRow) -> dict[str, Any]:
    """What the API tells of a rejudge in a list."""
    return {
        "id": row.id,
        "user": row.user,
        "filter": row.filter,
        "state": row.state,
        "created_at": row.created_at,
        "decided_at": row.decided_at,
    }


def judgings(call: Call, connection: Connection, submission: str) -> Sequence[AnyRow]:
    """All judgings of a submission; for learners, without those that nobody has decided on."""
    rows = rejudging.judgings_of(connection, submission)
    return [row for row in rows if call.me.teaches or row.rejudge in (None, "applied")]


def found(call: Call, connection: Connection, id: str) -> AnyRow:
    """A rejudge of who asks; raises `Refusal` for one that is not, as if there were none."""
    row = rejudging.one(connection, call.me, id)
    if row is None:
        raise missing("rejudge")
    return row


def decide(call: Call, decision: Callable[[Connection, str, str], bool]) -> str:
    """Apply or drop the rejudge in the path, and say which it is; raises `Refusal`."""
    with call.site.database.write() as connection, teaching.told():
        row = found(call, connection, call.path("id"))
        decision(connection, call.me.id, row.id)
    return str(row.id)


def shown(connection: Connection, row: AnyRow) -> Shown:
    """All that is told of a rejudge."""
    states = rejudging.progress(connection, row.id)
    superseded = row.state == "judging" and applying.superseded(connection, row.id)
    waits = row.state == "judging" and states.get("queued", 0)
    unknown = overview.unknown(connection, row.id) if waits else []
    changes = applying.changes(connection, row)
    return Shown(row, states, changes, superseded, [each.problem for each in unknown])
