"""Rejudges: judging again what was judged before, beside what counts, until it is applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    and_,
    func,
    insert,
    literal,
    select,
)

from harness.errors import UsageError
from harness.store import accounts, classes, paging
from harness.store.accounts import Account
from harness.store.audit import note
from harness.store.database import new_id, now
from harness.store.notify import wake
from harness.store.people import sets, users
from harness.store.submissions import REJUDGE
from harness.store.tables import judgings, rejudges, submissions, versions
from harness.store.types import AnyRow, AnySelect, Instant

MOST = 20_000  # so that applying holds others up for no more than moments


class NoRejudge(UsageError):
    """A rejudge cannot be made or decided that way; the message says why."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which submissions: all that fit everything that is given.

    `outdated` are those whose verdict was made by a version of the problem that it no longer has.
    `verdict` is what counts now; times are when they were handed in, `until` excluded.
    """

    problem: str | None = None
    verdict: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    outdated: bool = False
    class_id: str | None = None

    def document(self) -> dict[str, Any]:
        """What is kept of it."""
        found = {name: value for name, value in asdict(self).items() if value}
        return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in found.items()}


def count(connection: Connection, user: Account, chosen: Chosen) -> int:
    """How many submissions would be judged again."""
    counted = select(func.count()).select_from(_fitting(user, chosen).subquery())
    return connection.execute(counted).scalar_one()


def create(
    connection: Connection, user: Account, chosen: Chosen, key: str | None
) -> tuple[str, bool]:
    """The id of a rejudge whose judgings are queued, and whether it was made just now.

    `key` is what the client calls this request: asked twice, one is made. Raises `NoRejudge` where
    there is nothing to judge, or more than `MOST`, or the key was used for another.
    """
    accounts.hold(connection, user.id)
    before = None if key is None else _by_key(connection, user.id, key)
    if before is not None:
        if before.filter != chosen.document():
            raise NoRejudge(f"the key {key!r} was used for another rejudge before")
        return before.id, False
    fitting = count(connection, user, chosen)
    if fitting > MOST:
        raise NoRejudge(
            f"{fitting} submissions fit, and at most {MOST} are judged again at once: choose "
            "fewer, such as those to one problem"
        )
    id = new_id()
    row = {"id": id, "user_id": user.id, "key": key, "filter": chosen.document()}
    connection.execute(insert(rejudges).values(**row, state="judging", created_at=now()))
    made = _queue(connection, user, chosen, id)
    if made == 0:
        raise NoRejudge("no submission that has a verdict fits: there is nothing to judge again")
    wake(connection, made)
    note(connection, user.id, "rejudge.created", id, {"submissions": made, **chosen.document()})
    return id, True


def _by_key(connection: Connection, user: str, key: str) -> AnyRow | None:
    mine = and_(rejudges.c.user_id == user, rejudges.c.key == key)
    return connection.execute(select(rejudges.c.id, rejudges.c.filter).where(mine)).one_or_none()


def _queue(connection: Connection, user: Account, chosen: Chosen, id: str) -> int:
    fitting = _fitting(user, chosen).subquery().c
    rows = select(
        # Two names that nobody can guess make a third.
        literal(id, String).concat(fitting.id),
        fitting.id,
        fitting.user_id,
        fitting.problem,
        fitting.version,
        literal(id, String),
        fitting.counts,
        literal(REJUDGE, Integer),
        literal("queued", String),
        literal(False),
        literal(0, Integer),
        literal(now(), Instant),
    )
    connection.execute(insert(judgings).from_select(_COLUMNS, rows))
    return sum(progress(connection, id).values())


_COLUMNS = (
    "id",
    "submission_id",
    "user_id",
    "problem",
    "version",
    "rejudge_id",
    "replaces",
    "priority",
    "state",
    "current",
    "attempt",
    "queued_at",
)


def _fitting(user: Account, chosen: Chosen) -> AnySelect:
    """Submissions that have a verdict, each with the version its problem has now."""
    s, j = submissions.c, judgings.c
    counting = and_(j.submission_id == s.id, j.current)
    newest = and_(versions.c.problem == s.problem, versions.c.current)
    joined = submissions.join(judgings, counting).join(versions, newest)
    version, counts = versions.c.id.label("version"), j.id.label("counts")
    found = select(s.id, s.user_id, s.problem, version, counts).select_from(joined)
    return found.where(*_conditions(user, chosen))


def _conditions(user: Account, chosen: Chosen) -> list[ColumnElement[bool]]:
    s, found = submissions.c, []
    if chosen.problem is not None:
        found.append(s.problem == chosen.problem)
    if chosen.verdict is not None:
        found.append(judgings.c.verdict == chosen.verdict)
    if chosen.since is not None:
        found.append(s.created_at >= chosen.since)
    if chosen.until is not None:
        found.append(s.created_at < chosen.until)
    if chosen.outdated:
        found.append(judgings.c.version != versions.c.id)
    inside = select(sets.c.id)
    if chosen.class_id is not None:
        inside = inside.where(sets.c.class_id == chosen.class_id)
    if not user.operates:
        inside = inside.where(sets.c.class_id.in_(classes.taught_by(user.id)))
    if chosen.class_id is not None or not user.operates:
        found.append(s.set_id.in_(inside))
    return found


def one(connection: Connection, user: Account, id: str) -> AnyRow | None:
    """A rejudge and the name of who made it; None for those of others, but for operators."""
    return connection.execute(_seen_by(user).where(rejudges.c.id == id)).one_or_none()


def latest(
    connection: Connection, user: Account, most: int, cursor: str | None = None
) -> Sequence[AnyRow]:
    """The rejudges that a user sees, the newest first, those before a cursor."""
    chosen = _seen_by(user)
    if cursor is not None:
        chosen = chosen.where(paging.before(rejudges.c.created_at, rejudges.c.id, cursor))
    newest = chosen.order_by(rejudges.c.created_at.desc(), rejudges.c.id.desc())
    return connection.execute(newest.limit(most)).all()


def _seen_by(user: Account) -> AnySelect:
    joined = rejudges.join(users, users.c.id == rejudges.c.user_id)
    chosen = select(rejudges, users.c.name.label("user")).select_from(joined)
    return chosen if user.operates else chosen.where(rejudges.c.user_id == user.id)


def progress(connection: Connection, id: str) -> Mapping[str, int]:
    """How many of a rejudge's judgings are in which state."""
    chosen = select(judgings.c.state, func.count()).where(judgings.c.rejudge_id == id)
    rows = connection.execute(chosen.group_by(judgings.c.state))
    return {str(state): int(count) for state, count in rows}


def judgings_of(connection: Connection, submission: str) -> Sequence[AnyRow]:
    """All judgings of a submission, the oldest first, without their reports.

    `rejudge` is the state of the rejudge that one belongs to, if it belongs to one.
    """
    j = judgings.c
    told = [j.id, j.version, j.rejudge_id, j.state, j.current, j.attempt, j.worker, j.queued_at]
    found = [j.finished_at, j.verdict, j.score, j.max_score, j.equations, j.error]
    joined = judgings.outerjoin(rejudges, rejudges.c.id == j.rejudge_id)
    chosen = select(*told, *found, rejudges.c.state.label("rejudge")).select_from(joined)
    chosen = chosen.where(j.submission_id == submission)
    return connection.execute(chosen.order_by(j.queued_at, j.id)).all()
