"""What lets a user in: sessions, tokens and one-time links. Only hashes of secrets are kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from harness.store import accounts
from harness.store.accounts import Account
from harness.store.database import new_id, now
from harness.store.people import links, sessions, tokens
from harness.store.types import AnyRow

SESSION = timedelta(days=30)
IDLE = timedelta(days=7)
SCOPES = ("read", "submit", "teach", "operate")
_SEEN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; forms carry `csrf`. `stale` says that it is time to note its use."""

    id: str
    user: Account
    csrf: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A program that acts for a user, and what it may do. `stale` is as with a session.

    `ends` is when it does, None for never.
    """

    id: str
    user: Account
    scopes: frozenset[str]
    stale: bool
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that works, or was used just now: what for, and the role or the user it is of."""

    purpose: str
    role: str | None
    user: str | None


def begin_session(connection: Connection, user: str, agent: str) -> str:
    """The secret of a new session, to be kept in a cookie."""
    secret, at = _secret("jjs_"), now()
    connection.execute(
        insert(sessions).values(
            id=new_id(),
            hash=_hash(secret),
            user_id=user,
            csrf=secrets.token_urlsafe(24),
            agent=agent[:200],
            created_at=at,
            seen_at=at,
            expires_at=at + SESSION,
        )
    )
    return secret


def by_session(connection: Connection, secret: str) -> Session | None:
    """The session of a secret; None if it has ended, or its user is shut out."""
    at = now()
    valid = and_(sessions.c.revoked_at.is_(None), sessions.c.expires_at > at)
    fresh = sessions.c.seen_at > at - IDLE
    chosen = select(sessions).where(sessions.c.hash == _hash(secret), valid, fresh)
    row = connection.execute(chosen).one_or_none()
    user = _allowed(connection, row)
    if row is None or user is None:
        return None
    return Session(row.id, user, row.csrf, row.seen_at < at - _SEEN)


def seen(connection: Connection, session: str) -> None:
    """Let a session go on: it ends when it has not been used for `IDLE`."""
    connection.execute(update(sessions).where(sessions.c.id == session).values(seen_at=now()))


def sessions_of(connection: Connection, user: str) -> Sequence[AnyRow]:
    """The sessions of a user that go on, the last used first."""
    at = now()
    mine = and_(sessions.c.user_id == user, sessions.c.revoked_at.is_(None))
    open_ = and_(mine, sessions.c.expires_at > at, sessions.c.seen_at > at - IDLE)
    chosen = select(sessions.c.id, sessions.c.agent, sessions.c.created_at, sessions.c.seen_at)
    return connection.execute(chosen.where(open_).order_by(sessions.c.seen_at.desc())).all()


def end_session(connection: Connection, user: str, id: str) -> bool:
    """Sign a browser of a user out; False where there is no such."""
    mine = and_(sessions.c.user_id == user, sessions.c.id == id, sessions.c.revoked_at.is_(None))
    return connection.execute(update(sessions).where(mine).values(revoked_at=now())).rowcount == 1


def end_sessions(connection: Connection, user: str, but: str | None = None) -> None:
    """Sign all browsers of a user out, but for one."""
    mine = and_(sessions.c.user_id == user, sessions.c.revoked_at.is_(None))
    others = mine if but is None else and_(mine, sessions.c.id != but)
    connection.execute(update(sessions).where(others).values(revoked_at=now()))


def make_token(
    connection: Connection,
    user: str,
    name: str,
    scopes: Collection[str],
    lifetime: timedelta | None = None,
) -> tuple[str, str]:
    """The id and the secret of a new token; the secret is never seen again."""
    id, secret, at = new_id(), _secret("jjt_"), now()
    connection.execute(
        insert(tokens).values(
            id=id,
            hash=_hash(secret),
            user_id=user,
            name=name[:80],
            scopes=sorted(scopes),
            created_at=at,
            expires_at=None if lifetime is None else at + lifetime,
        )
    )
    return id, secret


def by_token(connection: Connection, secret: str) -> Token | None:
    """The token of a secret; None if it has ended, or its user is shut out."""
    valid = or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now())
    known = and_(tokens.c.hash == _hash(secret), tokens.c.revoked_at.is_(None))
    row = connection.execute(select(tokens).where(known, valid)).one_or_none()
    user = _allowed(connection, row)
    if row is None or user is None:
        return None
    stale = row.used_at is None or row.used_at < now() - _SEEN
    return Token(row.id, user, frozenset(row.scopes), stale, row.expires_at)


def used(connection: Connection, token: str) -> None:
    """Keep when a token was used last."""
    connection.execute(update(tokens).where(tokens.c.id == token).values(used_at=now()))


def tokens_of(connection: Connection, user: str) -> Sequence[AnyRow]:
    """The tokens of a user that have not been revoked, the newest first."""
    t = tokens.c
    chosen = select(t.id, t.name, t.scopes, t.created_at, t.expires_at, t.used_at)
    mine = and_(t.user_id == user, t.revoked_at.is_(None))
    return connection.execute(chosen.where(mine).order_by(t.created_at.desc(), t.id)).all()


def revoke_token(connection: Connection, user: str, id: str) -> bool:
    """End a token of a user; False where there is no such."""
    mine = and_(tokens.c.user_id == user, tokens.c.id == id, tokens.c.revoked_at.is_(None))
    return connection.execute(update(tokens).where(mine).values(revoked_at=now())).rowcount == 1


def revoke_tokens(connection: Connection, user: str) -> None:
    """End all tokens of a user."""
    mine = and_(tokens.c.user_id == user, tokens.c.revoked_at.is_(None))
    connection.execute(update(tokens).where(mine).values(revoked_at=now()))


def make_link(
    connection: Connection,
    purpose: str,
    lifetime: timedelta,
    role: str | None = None,
    user: str | None = None,
) -> str:
    """The secret of a link that can be used once.

    Its purpose is `operator`, `invite` (`user` is who invites, `role` what as), `password` (whose),
    or `github` (who links an account; None for who signs in).
    """
    secret, at = _secret("jjl_"), now()
    connection.execute(
        insert(links).values(
            hash=_hash(secret),
            purpose=purpose,
            role=role,
            user_id=user,
            created_at=at,
            expires_at=at + lifetime,
        )
    )
    return secret


def link(connection: Connection, secret: str, purpose: str) -> Link | None:
    """A link that can be used still; None for any other."""
    row = connection.execute(select(links).where(_usable(secret, purpose))).one_or_none()
    return None if row is None else Link(row.purpose, row.role, row.user_id)


def use_link(connection: Connection, secret: str, purpose: str) -> Link | None:
    """Use a link up; None if it cannot be used, such as for the second time."""
    using = update(links).where(_usable(secret, purpose)).values(used_at=now())
    row = connection.execute(using.returning(links.c.role, links.c.user_id)).one_or_none()
    return None if row is None else Link(purpose, row.role, row.user_id)


def drop_links(connection: Connection, purpose: str, user: str | None = None) -> None:
    """Take back all links for a purpose, or those of a user, that have not been used."""
    unused = and_(links.c.purpose == purpose, links.c.used_at.is_(None))
    chosen = unused if user is None else and_(unused, links.c.user_id == user)
    connection.execute(delete(links).where(chosen))


def _usable(secret: str, purpose: str) -> ColumnElement[bool]:
    open_ = and_(links.c.used_at.is_(None), links.c.expires_at > now())
    return and_(links.c.hash == _hash(secret), links.c.purpose == purpose, open_)


def _allowed(connection: Connection, row: AnyRow | None) -> Account | None:
    user = None if row is None else accounts.by_id(connection, row.user_id)
    return None if user is None or user.disabled_at is not None else user


def _secret(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
