"""Pages of rejudges: choosing, looking at what would change, deciding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from graders.verdict import Verdict
from harness.store import applying, classes, rejudging
from harness.store.database import new_id
from harness.store.rejudging import Chosen
from harness.store.types import AnyRow
from harness.web import rejudges, teaching
from harness.web.call import Call, Refusal
from harness.web.doors import Door, Who
from harness.web.pages import fields
from harness.web.pages.forms import again
from harness.web.pages.rendering import render, see

_PAGE = 100
_NAMES = ("problem", "verdict", "since", "until", "outdated", "class_id")


def several(call: Call) -> Response:
    """The rejudges there were, and a form that tells how many submissions fit."""
    query = {name: value for name, value in call.request.query_params.items() if name in _NAMES}
    try:
        return render(call, "rejudges.html", refusal=None, **_listed(call, query))
    except Refusal as refusal:
        return again(call, "rejudges.html", refusal, **_listed(call, {}))


def create(call: Call) -> Response:
    """Begin a rejudge; the form's key makes that sending it twice begins one."""
    form = call.form()
    try:
        key = fields.text(form, "key")
        with call.site.database.write() as connection, teaching.told():
            id, _ = rejudging.create(connection, call.me, _chosen(form), key and key[:80])
    except Refusal as refusal:
        return again(call, "rejudges.html", refusal, **_listed(call, {}))
    return see(f"/rejudges/{id}")


def one(call: Call) -> Response:
    """How far a rejudge is, and what it changes."""
    return render(call, "rejudge.html", refusal=None, **_shown(call))


def apply(call: Call) -> Response:
    """Let what it found count."""
    return _decide(call, applying.apply)


def drop(call: Call) -> Response:
    """Let nothing that it found count."""
    return _decide(call, applying.drop)


def _decide(call: Call, decide: Callable[[Connection, str, str], bool]) -> Response:
    try:
        id = rejudges.decide(call, decide)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return again(call, "rejudge.html", refusal, **_shown(call))
    return see(f"/rejudges/{id}")


def _chosen(form: Mapping[str, str]) -> Chosen:
    return Chosen(
        fields.text(form, "problem"),
        fields.text(form, "verdict"),
        fields.moment(form, "since"),
        fields.moment(form, "until"),
        bool(form.get("outdated")),
        fields.text(form, "class_id"),
    )


def _listed(call: Call, query: Mapping[str, str]) -> dict[str, Any]:
    chosen = _chosen(query)
    with call.site.database.read() as connection:
        count = rejudging.count(connection, call.me, chosen) if query else None
        rows = rejudging.latest(connection, call.me, _PAGE)
        mine = [own for own in classes.of(connection, call.me) if own.teaches]
        names = _names(call, connection, rows)
    return {
        "count": count,
        "typed": {name: query.get(name, "") for name in _NAMES},
        "key": new_id(),
        "rows": rows,
        "classes": mine,
        "names": names,
        "verdicts": [str(verdict) for verdict in Verdict],
    }


def _shown(call: Call) -> dict[str, Any]:
    after = call.request.query_params.get("after", "")
    if not after.isalnum():
        after = ""
    with call.site.database.read() as connection:
        row = rejudges.found(call, connection, call.path("id"))
        shown = rejudges.shown(connection, row)
        changed = applying.changed(connection, row, _PAGE + 1, after)
        names = _names(call, connection, [row])
    more = changed[_PAGE - 1].id if len(changed) > _PAGE else None
    return {
        "row": row,
        "shown": shown,
        "changed": changed[:_PAGE],
        "more": more,
        "names": names,
    }


def _names(call: Call, connection: Connection, rows: Sequence[AnyRow]) -> Mapping[str, str]:
    """The names of the classes that rejudges are of, as far as there are these still."""
    ids = {row.filter["class_id"] for row in rows if "class_id" in row.filter}
    found = (classes.one(connection, call.me, id) for id in ids)
    return {own.id: own.name for own in found if own is not None}


_ALL, _ONE = "/rejudges", "/rejudges/{id}"
DOORS = (
    Door("GET", _ALL, several, Who.INSTRUCTOR),
    Door("POST", _ALL, create, Who.INSTRUCTOR),
    Door("GET", _ONE, one, Who.INSTRUCTOR),
    Door("POST", f"{_ONE}/apply", apply, Who.INSTRUCTOR),
    Door("POST", f"{_ONE}/drop", drop, Who.INSTRUCTOR),
)
