"""One's own submissions, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from harness.errors import UsageError
from harness.report.text import clean
from harness.store import paging, submissions
from harness.store.history import Wanted, listed
from harness.store.types import AnyRow
from harness.web.call import Call, Refusal, bad_cursor
from harness.web.doors import Door, Who
from harness.web.pages.difference import rows
from harness.web.pages.rendering import render
from harness.web.submitting import visible

_PART = 25
_CHOICE = 50


def index(call: Call) -> Response:
    """One's own submissions, the newest first, those to one problem if the query names one."""
    problem, after = call.query("problem") or None, call.query("after") or None
    wanted = Wanted(user=call.me.id, problem=problem)
    try:
        with call.site.database.read() as connection:
            found = listed(connection, call.me, wanted, _PART + 1, after)
    except UsageError:
        raise bad_cursor() from None
    shown = found[:_PART]
    following = paging.cursor(shown[-1].created_at, shown[-1].id) if len(found) > _PART else None
    problems = sorted(call.site.problems.values(), key=lambda each: each.title)
    return render(
        call,
        "history.html",
        found=shown,
        before=_before(found),
        problem=problem,
        problems=problems,
        following=following,
        first=after is None,
    )


def diff(call: Call) -> Response:
    """What changed between two attempts at one problem, with both verdicts."""
    old, new = (visible(call, call.query(name) or "") for name in ("a", "b"))
    if (old.problem, old.user_id) != (new.problem, new.user_id):
        raise Refusal(400, "unlike", "these are not two attempts of one person at one problem")
    wanted = Wanted(user=old.user_id, problem=old.problem)
    with call.site.database.read() as connection:
        texts = [_text(submissions.source(connection, each.id)) for each in (old, new)]
        choice = listed(connection, call.me, wanted, _CHOICE)
    return render(
        call,
        "diff.html",
        old=old,
        new=new,
        rows=rows(*texts),
        choice={row.id: row for row in (*choice, old, new)}.values(),
        problem=call.site.problems.get(old.problem),
    )


def _before(found: Sequence[AnyRow]) -> dict[str, str]:
    """By attempt, the one at the same problem before it, as far as both are in a list."""
    before: dict[str, str] = {}
    newest: dict[str, str] = {}
    for row in reversed(found):
        if row.problem in newest:
            before[row.id] = newest[row.problem]
        newest[row.problem] = row.id
    return before


def _text(source: bytes | None) -> str:
    return clean((source or b"").decode("utf-8", "backslashreplace"))


DOORS = (
    Door("GET", "/history", index, Who.SIGNED_IN),
    Door("GET", "/history/diff", diff, Who.SIGNED_IN),
)
