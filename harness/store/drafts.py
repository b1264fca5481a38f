"""Drafts: what a learner has typed and not handed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, select

from harness.store.database import now
from harness.store.people import drafts
from harness.store.types import AnyRow
from harness.store.upsert import inserting


def read(connection: Connection, user: str, problem: str) -> AnyRow | None:
    """The `source`, in bytes, and when it was `saved_at`; None where nothing was."""
    mine = and_(drafts.c.user_id == user, drafts.c.problem == problem)
    chosen = select(drafts.c.source, drafts.c.saved_at)
    return connection.execute(chosen.where(mine)).one_or_none()


def save(connection: Connection, user: str, problem: str, source: bytes) -> datetime:
    """Keep a draft in the place of the one before it, and say when that was."""
    at = now()
    row = {"user_id": user, "problem": problem, "source": source, "saved_at": at}
    connection.execute(
        inserting(connection, drafts)
        .values(row)
        .on_conflict_do_update(
            index_elements=["user_id", "problem"], set_={"source": source, "saved_at": at}
        )
    )
    return at
