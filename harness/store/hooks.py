"""Webhooks: who is told when a submission was judged, and what was sent so far.

A delivery is made in the transaction that settles a judging: neither is there without the other.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from harness.errors import UsageError
from harness.store.database import new_id, now
from harness.store.people import classes, members, sets, users
from harness.store.seeing import learning
from harness.store.submissions import one
from harness.store.tables import deliveries, webhooks
from harness.store.types import AnyRow, Instant

MOST = 5
PAUSES = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600, 43200))
ATTEMPTS = len(PAUSES) + 1
_SENDING = timedelta(seconds=30)  # what is not known to be sent by then is sent again


class TooMany(UsageError):
    """A user has as many webhooks as one may have."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be sent now: a body to a URL, signed with a secret, for the n-th time."""

    id: str
    webhook: str
    url: str
    secret: str
    body: str
    attempt: int

    @property
    def event(self) -> str:
        """What the body tells of: `submission.judged` or `test`."""
        return str(json.loads(self.body)["event"])


def add(connection: Connection, user: str, url: str) -> tuple[str, str]:
    """The id and the secret of a new webhook; raises `TooMany`."""
    if len(of(connection, user)) >= MOST:
        raise TooMany(f"there may be {MOST} webhooks: delete one first")
    id, secret = new_id(), "jjw_" + secrets.token_urlsafe(32)
    row = {"id": id, "user_id": user, "url": url, "secret": secret, "created_at": now()}
    connection.execute(insert(webhooks).values(row))
    return id, secret


def of(connection: Connection, user: str) -> Sequence[AnyRow]:
    """The webhooks of a user, the oldest first, without their secrets."""
    w = webhooks.c
    chosen = select(w.id, w.url, w.created_at).where(w.user_id == user)
    return connection.execute(chosen.order_by(w.created_at, w.id)).all()


def last(connection: Connection, webhook: str) -> AnyRow | None:
    """The delivery to a webhook that was made last."""
    made = select(deliveries).where(deliveries.c.webhook_id == webhook)
    newest = made.order_by(deliveries.c.created_at.desc(), deliveries.c.id.desc())
    return connection.execute(newest.limit(1)).one_or_none()


def remove(connection: Connection, user: str, id: str) -> bool:
    """End a webhook of a user, with what is not delivered yet; False where there is no such."""
    mine = and_(webhooks.c.user_id == user, webhooks.c.id == id)
    return connection.execute(delete(webhooks).where(mine)).rowcount == 1


def ping(connection: Connection, user: str, id: str) -> str | None:
    """The id of a delivery that says only that it arrives; None where there is no such webhook."""
    mine = and_(webhooks.c.user_id == user, webhooks.c.id == id)
    if connection.execute(select(webhooks.c.id).where(mine)).one_or_none() is None:
        return None
    return _deliver(connection, id, "test", {})


def announce(connection: Connection, submission: str) -> None:
    """Tell who wants to know that a submission has a verdict: its user, and who teaches it."""
    row = one(connection, submission)
    assert row is not None
    hooked = select(webhooks.c.id).join(users, users.c.id == webhooks.c.user_id)
    # Held, so that none of them is removed before the delivery to it is there.
    held = hooked.where(_concerned(row)).with_for_update(read=True, key_share=True, of=webhooks)
    ids = connection.execute(held).scalars().all()
    names = ("id", "user", "problem", "name", "verdict", "score", "max_score")
    told = {name: getattr(row, name) for name in names}
    for id in ids:
        _deliver(connection, id, "submission.judged", {"submission": told})


def _concerned(row: AnyRow) -> ColumnElement[bool]:
    """Who made a submission, and who teaches a class whose teachers see it (as `seeing` says)."""
    learn = learning()
    learns = select(learn.c.class_id).where(learn.c.user_id == row.user_id)
    through = select(sets.c.class_id).where(sets.c.id == row.set_id)
    its = or_(members.c.class_id.in_(learns), members.c.class_id.in_(through))
    theirs = (
        select(members.c.user_id)
        .join(classes, classes.c.id == members.c.class_id)
        .where(members.c.teaches, classes.c.archived_at.is_(None), its)
    )
    teaches = and_(users.c.role != "learner", users.c.id.in_(theirs))
    return and_(users.c.disabled_at.is_(None), or_(users.c.id == row.user_id, teaches))


def _deliver(connection: Connection, webhook: str, event: str, data: Mapping[str, Any]) -> str:
    id, at = new_id(), now()
    body = {"id": id, "event": event, "at": at.isoformat(), **data}
    row = {"id": id, "webhook_id": webhook, "body": json.dumps(body), "created_at": at}
    connection.execute(insert(deliveries).values(**row, attempts=0, next_at=at))
    return id


def due(connection: Connection, most: int, busy: Collection[str]) -> Sequence[str]:
    """Deliveries that are to be sent now, one a webhook, none for one that is `busy`."""
    d = deliveries.c
    place = func.row_number().over(partition_by=d.webhook_id, order_by=(d.next_at, d.id))
    waiting = and_(d.next_at <= now(), d.webhook_id.not_in(busy))
    first = select(d.id, d.next_at, place.label("place")).where(waiting).subquery()
    chosen = select(first.c.id).where(first.c.place == 1).order_by(first.c.next_at, first.c.id)
    return connection.execute(chosen.limit(most)).scalars().all()


def begin(connection: Connection, id: str) -> Due | None:
    """Take a delivery to send it; None if another process has, or there is no need any more.

    If nothing is heard of it, it is due again after a time, unless this was the last attempt.
    """
    d = deliveries.c
    free = and_(d.id == id, d.next_at <= now())
    again = case((d.attempts + 1 < ATTEMPTS, bindparam("again", now() + _SENDING, Instant)))
    values = {"attempts": d.attempts + 1, "next_at": again}
    row = connection.execute(
        update(deliveries).where(free).values(**values).returning(d.webhook_id, d.body, d.attempts)
    ).one_or_none()
    if row is None:
        return None
    to = select(webhooks.c.url, webhooks.c.secret).where(webhooks.c.id == row.webhook_id)
    url, secret = connection.execute(to).one()
    return Due(id, row.webhook_id, url, secret, row.body, row.attempts)


def delivered(connection: Connection, sent: Due, answer: str) -> None:
    """A delivery has arrived."""
    _close(connection, sent, {"delivered_at": now(), "next_at": None, "answer": answer[:200]})


def failed(connection: Connection, sent: Due, answer: str) -> datetime | None:
    """A delivery has not arrived: when it is tried again, None if it is given up."""
    next_at = now() + PAUSES[sent.attempt - 1] if sent.attempt < ATTEMPTS else None
    _close(connection, sent, {"next_at": next_at, "answer": answer[:200]})
    return next_at


def _close(connection: Connection, sent: Due, values: Mapping[str, Any]) -> None:
    mine = and_(deliveries.c.id == sent.id, deliveries.c.attempts == sent.attempt)
    connection.execute(update(deliveries).where(mine).values(**values))
