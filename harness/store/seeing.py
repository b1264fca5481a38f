"""Who may see which submissions."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Subquery, and_, or_, select, true

from harness.store import classes
from harness.store.accounts import Account
from harness.store.people import members, sets, users
from harness.store.submissions import with_state
from harness.store.tables import submissions
from harness.store.types import AnyRow


def seen_by(user: Account) -> ColumnElement[bool]:
    """One's own; of who teaches, also those of the classes they teach; of operators, all.

    Of a class are those of the learners in it, wherever they were handed in, and those that were
    handed in through its sets, also by who has left it.
    """
    own = submissions.c.user_id == user.id
    if user.operates:
        return true()
    if not user.teaches:
        return own
    taught, learn = classes.taught_by(user.id), learning()
    learners = select(learn.c.user_id).where(learn.c.class_id.in_(taught))
    inside = select(sets.c.id).where(sets.c.class_id.in_(taught))
    return or_(own, submissions.c.user_id.in_(learners), submissions.c.set_id.in_(inside))


def learning() -> Subquery:
    """Who learns in which class: `class_id` and `user_id`.

    Instructors can make each other members, which must not open what those tried by themselves.
    """
    role = and_(users.c.id == members.c.user_id, users.c.role == "learner")
    chosen = select(members.c.class_id, members.c.user_id).join(users, role)
    return chosen.where(members.c.teaches.is_(False)).subquery()


def one(connection: Connection, user: Account, id: str) -> AnyRow | None:
    """A submission as `with_state` tells of it; None where there is none that a user may see."""
    chosen = with_state().where(submissions.c.id == id, seen_by(user))
    return connection.execute(chosen).one_or_none()
