"""Fields of forms: what was typed, as what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from harness.web.call import Refusal


def text(form: Mapping[str, str], name: str) -> str | None:
    """A field without space around it; None where it is empty. Raises `Refusal` for control
    characters."""
    found = form.get(name, "").strip()
    if not found.isprintable():
        raise Refusal(422, "invalid", f"{name}: expected letters, digits and signs only")
    return found or None


def moment(form: Mapping[str, str], name: str) -> datetime | None:
    """A time in UTC, as browsers send it; None where the field is empty. Raises `Refusal`."""
    found = text(form, name)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):  # of the year 1 or 9999, there may be none in UTC
        at = None
    if at is None or len(found) < len("2000-01-01T00:00"):
        raise Refusal(422, "invalid", f"{name}: expected a time such as 2030-01-31T23:59")
    return at


def number(form: Mapping[str, str], name: str) -> int | None:
    """A whole number; None where the field is empty. Raises `Refusal`."""
    found = text(form, name)
    if found is None:
        return None
    if not (found.isascii() and found.isdecimal() and len(found) < 10):
        raise Refusal(422, "invalid", f"{name}: expected a whole number")
    return int(found)


def filled(at: datetime | None) -> str:
    """A time as a field shows it."""
    return "" if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
