"""The audit log: who did what that others may want to know of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from harness.store.database import now
from harness.store.people import users
from harness.store.tables import audit
from harness.store.types import AnyRow


def note(
    connection: Connection,
    actor: str | None,
    action: str,
    target: str,
    details: Mapping[str, Any] | None = None,
    address: str = "",
) -> None:
    """Write down an action; `actor` is a user's id, None for the server itself."""
    row = {
        "at": now(),
        "actor": actor,
        "action": action,
        "target": target[:120],
        "details": dict(details or {}),
        "address": address[:60],
    }
    connection.execute(insert(audit).values(row))


def latest(connection: Connection, most: int, before: int | None = None) -> Sequence[AnyRow]:
    """The last actions, the newest first, each with the actor's `name`."""
    joined = audit.outerjoin(users, users.c.id == audit.c.actor)
    chosen = select(audit, users.c.name.label("name")).select_from(joined)
    if before is not None:
        chosen = chosen.where(audit.c.id < before)
    return connection.execute(chosen.order_by(audit.c.id.desc()).limit(most)).all()
