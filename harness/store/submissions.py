"""Submissions: accepted once, kept for good."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select

from harness.errors import UsageError
from harness.store import accounts, sets
from harness.store.database import new_id, now
from harness.store.notify import wake
from harness.store.people import users
from harness.store.tables import events, judgings, submissions
from harness.store.types import AnyRow, AnySelect

LIVE, REJUDGE = 0, 1


@dataclass(frozen=True, slots=True)
class Offered:
    """What a learner hands in: a source for a version of a problem.

    `key` is what the client calls this request: asked twice, it is accepted once.
    """

    user: str
    problem: str
    version: str
    name: str
    source: bytes
    set_id: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a submission; ids grow."""

    id: int
    at: datetime
    kind: str
    data: Mapping[str, Any]


class KeyReused(UsageError):
    """A request's key was used before, for something else."""


def accept(connection: Connection, offered: Offered) -> tuple[str, bool]:
    """The id of a submission that is kept and queued, and whether it was accepted just now.

    It is safe as soon as the transaction ends. Raises `KeyReused`, and `sets.NotNow`.
    """
    digest = hashlib.sha256(offered.source).hexdigest()
    if offered.key is not None:
        accounts.hold(connection, offered.user)
        before = _by_key(connection, offered.user, offered.key)
        if before is not None:
            asked = (offered.problem, offered.set_id, digest)
            if (before.problem, before.set_id, before.sha256) != asked:
                raise KeyReused(f"the key {offered.key!r} was used for another submission before")
            return before.id, False
    sets.check(connection, offered.user, offered.set_id, offered.problem)
    id, at = new_id(), now()
    connection.execute(
        insert(submissions).values(
            id=id,
            user_id=offered.user,
            problem=offered.problem,
            version=offered.version,
            set_id=offered.set_id,
            name=offered.name,
            source=offered.source,
            sha256=digest,
            key=offered.key,
            created_at=at,
        )
    )
    connection.execute(
        insert(judgings).values(
            id=new_id(),
            submission_id=id,
            user_id=offered.user,
            problem=offered.problem,
            version=offered.version,
            priority=LIVE,
            state="queued",
            current=False,
            attempt=0,
            queued_at=at,
        )
    )
    record(connection, id, "queued", {})
    wake(connection)
    return id, True


def _by_key(connection: Connection, user: str, key: str) -> AnyRow | None:
    s = submissions.c
    chosen = select(s.id, s.problem, s.set_id, s.sha256)
    mine = and_(s.user_id == user, s.key == key)
    return connection.execute(chosen.where(mine)).one_or_none()


def record(connection: Connection, submission: str, kind: str, data: Mapping[str, Any]) -> None:
    """Add an event to what happened to a submission."""
    row = {"submission_id": submission, "at": now(), "kind": kind, "data": dict(data)}
    connection.execute(insert(events).values(row))


def events_after(connection: Connection, submission: str, last: int) -> Sequence[Event]:
    """What happened to a submission after an event, in order."""
    newer = and_(events.c.submission_id == submission, events.c.id > last)
    chosen = select(events.c.id, events.c.at, events.c.kind, events.c.data)
    return [Event(*row) for row in connection.execute(chosen.where(newer).order_by(events.c.id))]


def newest(connection: Connection, submission: str) -> Event:
    """What happened last to a submission that there is."""
    chosen = select(events.c.id, events.c.at, events.c.kind, events.c.data)
    last = chosen.where(events.c.submission_id == submission).order_by(events.c.id.desc()).limit(1)
    return Event(*connection.execute(last).one())


def with_state() -> AnySelect:
    """Submissions, each with who made it and its verdict that counts, or the one it waits for.

    Columns: those of a submission without its source; `user`; `judging`, `state`, `attempt`,
    `verdict`, `score`, `max_score`, `equations`, `started_at`, `finished_at` of the judging.
    """
    s, j = submissions.c, judgings.c
    own = [s.id, s.user_id, s.problem, s.version, s.set_id, s.name, s.sha256, s.created_at]
    told = [j.state, j.attempt, j.verdict, j.score, j.max_score, j.equations]
    waits = and_(j.priority == LIVE, j.state.in_(("queued", "running")))
    joined = submissions.join(users, users.c.id == s.user_id).outerjoin(
        judgings, and_(j.submission_id == s.id, or_(j.current, waits))
    )
    return select(
        *own,
        users.c.name.label("user"),
        j.id.label("judging"),
        *told,
        j.started_at,
        j.finished_at,
    ).select_from(joined)


def one(connection: Connection, id: str) -> AnyRow | None:
    """A submission as `with_state` tells of it; None where there is no such."""
    return connection.execute(with_state().where(submissions.c.id == id)).one_or_none()


def source(connection: Connection, id: str) -> bytes | None:
    """The bytes that were handed in."""
    return connection.execute(
        select(submissions.c.source).where(submissions.c.id == id)
    ).scalar_one_or_none()


def report(connection: Connection, id: str) -> Mapping[str, Any] | None:
    """The report that counts for a submission; None while there is none."""
    current = and_(judgings.c.submission_id == id, judgings.c.current)
    return connection.execute(select(judgings.c.report).where(current)).scalar_one_or_none()


def ahead(connection: Connection, id: str) -> int:
    """How many live judgings were queued before that of a submission and wait still."""
    mine = select(judgings.c.queued_at).where(judgings.c.submission_id == id)
    earlier = mine.where(judgings.c.priority == LIVE).scalar_subquery()
    waiting = and_(judgings.c.state == "queued", judgings.c.priority == LIVE)
    counted = select(func.count()).where(waiting, judgings.c.queued_at < earlier)
    return connection.execute(counted).scalar_one()
