"""Submissions in lists: the newest first, those of some, in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from harness.store.accounts import Account
from harness.store.paging import before
from harness.store.people import users
from harness.store.seeing import seen_by
from harness.store.submissions import with_state
from harness.store.tables import judgings, submissions
from harness.store.types import AnyRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions: None stands for any. `user` is an id, `name` a user's name."""

    user: str | None = None
    name: str | None = None
    problem: str | None = None
    verdict: str | None = None
    set_id: str | None = None


def listed(
    connection: Connection, user: Account, wanted: Wanted, most: int, after: str | None = None
) -> Sequence[AnyRow]:
    """Rows as `submissions.with_state` tells of them, after a `paging.cursor`.

    None are among them that a user may not see.
    """
    s = submissions.c
    asked = (
        (s.user_id, wanted.user),
        (users.c.folded, wanted.name and wanted.name.casefold()),
        (s.problem, wanted.problem),
        (judgings.c.verdict, wanted.verdict),
        (s.set_id, wanted.set_id),
    )
    fitting = (column == value for column, value in asked if value is not None)
    chosen = with_state().where(seen_by(user), *fitting)
    if after is not None:
        chosen = chosen.where(before(s.created_at, s.id, after))
    newest = chosen.order_by(s.created_at.desc(), s.id.desc())
    return connection.execute(newest.limit(most)).all()
