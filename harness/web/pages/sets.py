"""Pages of problem sets: what is asked until when, and the form to set it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from harness.store import sets
from harness.store.assignments import Terms
from harness.store.classes import Class
from harness.web import gradebook, teaching
from harness.web.call import Call, Refusal
from harness.web.doors import Door, Who
from harness.web.pages import fields
from harness.web.pages.forms import again
from harness.web.pages.rendering import render, see


def one(call: Call) -> Response:
    """A set: its problems, how one stands with them, and its rules."""
    with call.site.database.read() as connection:
        own, found = teaching.seen_set(call, connection, call.path("set"))
        book = gradebook.gradebook(connection, own, found.id, call.me.id)
        used = sets.attempts(connection, call.me.id, found.id)
    mine = book.learners[0].cells if book.learners else {}
    return render(call, "set.html", own=own, found=found, mine=mine, used=used)


def form(call: Call) -> Response:
    """The form for a new set."""
    with call.site.database.read() as connection:
        own = teaching.taught(call, connection, call.path("id"))
    return render(call, "set_form.html", refusal=None, **_shown(call, own, Terms("", ())))


def create(call: Call) -> Response:
    """A new set."""
    with call.site.database.read() as connection:
        own = teaching.taught(call, connection, call.path("id"))
    try:
        with call.site.database.write() as connection, teaching.told():
            id = teaching.set_up(call, connection, own, _terms(call))
    except Refusal as refusal:
        return again(call, "set_form.html", refusal, **_typed(call, own))
    return see(_path(own, id))


def edit(call: Call) -> Response:
    """The form to change a set."""
    with call.site.database.read() as connection:
        own, found = teaching.taught_set(call, connection, call.path("set"))
    return render(call, "set_form.html", refusal=None, **_shown(call, own, found.terms, found.id))


def change(call: Call) -> Response:
    """Set something else."""
    with call.site.database.read() as connection:
        own, found = teaching.taught_set(call, connection, call.path("set"))
    try:
        with call.site.database.write() as connection, teaching.told():
            teaching.change_set(call, connection, found.id, _terms(call))
    except Refusal as refusal:
        return again(call, "set_form.html", refusal, **_typed(call, own, found.id))
    return see(_path(own, found.id))


def drop(call: Call) -> Response:
    """Take a set away."""
    with call.site.database.write() as connection:
        own = teaching.drop_set(call, connection, call.path("set"))
    return see(f"/classes/{own.id}")


def _terms(call: Call) -> Terms:
    """What was typed; raises `Refusal` and `Unchanged`."""
    form = call.form()
    listed = form.get("problems", "").split()
    hints = fields.number(form, "hints")
    terms = Terms(
        form.get("title", ""),
        tuple(listed),
        fields.moment(form, "opens_at"),
        fields.moment(form, "deadline"),
        fields.number(form, "attempts"),
        sets.ALL_HINTS if hints is None else hints,
    )
    return terms.checked(call.site.problems.keys())


def _shown(call: Call, own: Class, terms: Terms, id: str | None = None) -> dict[str, Any]:
    typed = {
        "title": terms.title,
        "problems": "\n".join(terms.problems),
        "opens_at": fields.filled(terms.opens_at),
        "deadline": fields.filled(terms.deadline),
        "attempts": terms.attempts or "",
        "hints": str(terms.hints),
    }
    return {"own": own, "id": id, "typed": typed, "levels": range(sets.ALL_HINTS + 1)}


def _typed(call: Call, own: Class, id: str | None = None) -> dict[str, Any]:
    """The form as it was sent."""
    shown = _shown(call, own, Terms("", ()), id)
    form = call.form()
    return {**shown, "typed": {name: form.get(name, "") for name in shown["typed"]}}


def _path(own: Class, id: str) -> str:
    return f"/classes/{own.id}/sets/{id}"


_ALL, _ONE = "/classes/{id}/sets", "/classes/{id}/sets/{set}"
DOORS = (
    Door("GET", f"{_ALL}/new", form, Who.INSTRUCTOR),
    Door("POST", _ALL, create, Who.INSTRUCTOR),
    Door("GET", _ONE, one, Who.SIGNED_IN),
    Door("GET", f"{_ONE}/change", edit, Who.INSTRUCTOR),
    Door("POST", _ONE, change, Who.INSTRUCTOR),
    Door("POST", f"{_ONE}/drop", drop, Who.INSTRUCTOR),
)
