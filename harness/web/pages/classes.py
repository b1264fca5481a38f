"""Pages of classes: one's own, and one with what its learners have reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from harness.store import assignments, classes
from harness.store.audit import note
from harness.store.classes import Class
from harness.web import gradebook, teaching
from harness.web.api.classes import JOIN
from harness.web.call import Call, Refusal, missing
from harness.web.doors import Door, Who
from harness.web.gradebook import Gradebook
from harness.web.pages import fields
from harness.web.pages.forms import again
from harness.web.pages.rendering import render, see
from harness.web.security import rates

_PAGE = 100
_MOST = 200


def several(call: Call) -> Response:
    """One's classes; for operators, all."""
    return render(call, "classes.html", refusal=None, **_listed(call))


def create(call: Call) -> Response:
    """A new class, taught by who asks."""
    name = call.form().get("name", "")
    try:
        with call.site.database.write() as connection, teaching.told():
            id = teaching.create(call, connection, name)
    except Refusal as refusal:
        return again(call, "classes.html", refusal, **_listed(call))
    return see(f"/classes/{id}")


def join(call: Call) -> Response:
    """Join the class with a code."""
    try:
        code = fields.text(call.form(), "code") or ""
        rates.spend(call, {f"join:{call.me.id}": JOIN})
        with call.site.database.write() as connection, teaching.told():
            id = classes.join(connection, call.me.id, code)
    except Refusal as refusal:
        return again(call, "classes.html", refusal, **_listed(call))
    return see(f"/classes/{id}")


def one(call: Call) -> Response:
    """A class: for who teaches it all learners, for a learner what they have reached."""
    return render(call, "class.html", refusal=None, **_shown(call))


def settings(call: Call) -> Response:
    """Rename a class, end it or let it go on."""

    def change(connection: Connection, own: Class, form: dict[str, str]) -> str:
        classes.rename(connection, own.id, form.get("name", ""), "archived" in form)
        return "class.changed"

    return _change(call, change)


def renew(call: Call) -> Response:
    """Another code to join by."""

    def change(connection: Connection, own: Class, form: dict[str, str]) -> str:
        classes.renew_code(connection, own.id)
        return "class.code_renewed"

    return _change(call, change)


def member(call: Call) -> Response:
    """Let a member teach or learn, or take one out: as the button says that was pressed."""

    def change(connection: Connection, own: Class, form: dict[str, str]) -> str:
        user = teaching.user(connection, fields.text(form, "name") or "")
        if form.get("what") == "remove":
            classes.remove(connection, own.id, user.id)
            return "class.member_removed"
        classes.let_teach(connection, own.id, user, form.get("what") == "teach")
        return "class.member_changed"

    return _change(call, change)


def leave(call: Call) -> Response:
    """Leave a class."""
    with call.site.database.write() as connection, teaching.told():
        teaching.leave(call, connection, call.path("id"))
    return see("/classes")


def export_csv(call: Call) -> Response:
    """What all have reached, for spreadsheets."""
    book = _book(call)
    return Response(book.csv(), media_type="text/csv", headers=_attached(book, "csv"))


def export_json(call: Call) -> Response:
    """The same, for programs."""
    book = _book(call)
    return JSONResponse(book.document(), headers=_attached(book, "json"))


def _attached(book: Gradebook, kind: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="class-{book.of.id}.{kind}"'}


def _change(call: Call, change: Callable[[Connection, Class, dict[str, str]], str]) -> Response:
    form = call.form()
    try:
        with call.site.database.write() as connection, teaching.told():
            own = teaching.taught(call, connection, call.path("id"))
            action = change(connection, own, form)
            details = {"user": form["name"]} if action.startswith("class.member") else {}
            note(connection, call.me.id, action, own.id, details, call.address)
    except Refusal as refusal:
        return again(call, "class.html", refusal, **_shown(call))
    return see(f"/classes/{own.id}")


def _listed(call: Call) -> dict[str, Any]:
    with call.site.database.read() as connection:
        mine = classes.of(connection, call.me)
        others = classes.every(connection, call.me, _MOST) if call.me.operates else []
        due = assignments.due(connection, call.me.id)
    own = {each.id for each in mine}
    return {"mine": mine, "others": [each for each in others if each.id not in own], "due": due}


def _shown(call: Call) -> dict[str, Any]:
    book = _book(call)
    query = call.request.query_params
    by, falling = query.get("sort", "name"), query.get("order") == "falling"
    number = fields.number(query, "page") or 1
    learners = book.sorted(by, falling).learners[(number - 1) * _PAGE :]
    with call.site.database.read() as connection:
        members = classes.members_of(connection, book.of.id) if book.of.teaches else []
    return {
        "own": book.of,
        "book": book,
        "learners": learners[:_PAGE],
        "page": number,
        "more": len(learners) > _PAGE,
        "by": by,
        "falling": falling,
        "chosen": query.get("set") or "",
        "members": members,
    }


def _book(call: Call) -> Gradebook:
    set_id = call.request.query_params.get("set") or None
    if set_id is not None and not set_id.isprintable():
        raise missing("problem set")
    with call.site.database.read() as connection:
        own = teaching.seen(call, connection, call.path("id"))
        user = None if own.teaches else call.me.id
        return gradebook.gradebook(connection, own, set_id, user)


_ALL, _ONE = "/classes", "/classes/{id}"
DOORS = (
    Door("GET", _ALL, several, Who.SIGNED_IN),
    Door("POST", _ALL, create, Who.INSTRUCTOR),
    Door("POST", f"{_ALL}/join", join, Who.SIGNED_IN),
    Door("GET", _ONE, one, Who.SIGNED_IN),
    Door("POST", _ONE, settings, Who.INSTRUCTOR),
    Door("POST", f"{_ONE}/code", renew, Who.INSTRUCTOR),
    Door("POST", f"{_ONE}/members", member, Who.INSTRUCTOR),
    Door("POST", f"{_ONE}/leave", leave, Who.SIGNED_IN),
    Door("GET", f"{_ONE}/results.csv", export_csv, Who.SIGNED_IN),
    Door("GET", f"{_ONE}/results.json", export_json, Who.SIGNED_IN),
)
