"""Lists in parts: each part begins after a row's key, so that what is added moves nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_

from harness.errors import UsageError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cursor(at: datetime, id: str) -> str:
    """Where a part of a list ends that is ordered by time and then by id."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1)}-{id}"


def position(cursor: str) -> tuple[datetime, str]:
    """What `cursor` was made from; raises `UsageError` for what it did not make."""
    microseconds, _, id = cursor.partition("-")
    try:
        return _EPOCH + timedelta(microseconds=int(microseconds)), id
    except (ValueError, OverflowError):
        raise no_cursor() from None


def no_cursor() -> UsageError:
    """What is said of something that is no cursor."""
    return UsageError("expected a cursor that a list gave as its next")


def before(
    time: ColumnElement[datetime], key: ColumnElement[str], cursor: str
) -> ColumnElement[bool]:
    """Rows that come after a cursor where the newest come first."""
    at, id = position(cursor)
    return or_(time < at, and_(time == at, key < id))
