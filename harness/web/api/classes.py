"""Classes, and who is in them."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel, Field
from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from harness.store import classes
from harness.store.audit import note
from harness.store.classes import Class
from harness.store.limits import Rate
from harness.store.types import AnyRow
from harness.web import teaching
from harness.web.api.about import About
from harness.web.api.models import (
    PRINTABLE,
    ROW_ID,
    Body,
    Listed,
    Paged,
    part,
    read_body,
    read_query,
)
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.security import rates

JOIN = Rate(20, timedelta(minutes=10))


class NewClass(Body):
    """A class to be."""

    name: str = Field(min_length=1, max_length=80, pattern=PRINTABLE)


class ChangedClass(NewClass):
    """What a class is to be called, and whether it has ended: then nothing is handed in to it."""

    archived: bool = False


class Joining(Body):
    """The code of a class, as who teaches it tells it."""

    code: str = Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9 -]+$")


class Teaching(Body):
    """Whether a member is to teach the class."""

    teaches: bool


class From(Paged):
    """Which part of the classes: those after one."""

    cursor: str | None = Field(None, pattern=ROW_ID)


class ClassShown(BaseModel):
    """A class; its `code` is told to who teaches it."""

    id: str
    name: str
    teaches: bool
    code: str | None
    created_at: datetime
    archived_at: datetime | None


class MemberShown(BaseModel):
    """Somebody in a class."""

    name: str
    teaches: bool
    joined_at: datetime


def shown(own: Class) -> ClassShown:
    """A class as the API tells of it."""
    code = own.code if own.teaches else None
    told = (own.id, own.name, own.teaches, code, own.created_at, own.archived_at)
    return ClassShown.model_validate(dict(zip(ClassShown.model_fields, told, strict=True)))


def several(call: Call) -> Response:
    """One's classes; for operators, all."""
    asked = read_query(call, From)
    with call.site.database.read() as connection:
        if call.me.operates:
            found = classes.every(connection, call.me, asked.limit + 1, asked.cursor or "")
        else:
            after = asked.cursor or ""
            mine = sorted(classes.of(connection, call.me), key=lambda own: own.id)
            found = [own for own in mine if own.id > after]
    items = [shown(own) for own in found]
    return JSONResponse(part(items, asked.limit, lambda item: item.id))


def create(call: Call) -> Response:
    """A new class, taught by who asks."""
    asked = read_body(call, NewClass)
    with call.site.database.write() as connection, teaching.told():
        id = teaching.create(call, connection, asked.name)
        own = teaching.seen(call, connection, id)
    return JSONResponse(shown(own).model_dump(mode="json"), 201)


def read(call: Call) -> Response:
    """One class."""
    with call.site.database.read() as connection:
        own = teaching.seen(call, connection, call.path("id"))
    return JSONResponse(shown(own).model_dump(mode="json"))


def change(call: Call) -> Response:
    """Rename a class, end it or let it go on."""
    asked = read_body(call, ChangedClass)
    with call.site.database.write() as connection, teaching.told():
        id = teaching.taught(call, connection, call.path("id")).id
        classes.rename(connection, id, asked.name, asked.archived)
        _note(call, connection, "class.changed", id)
        own = teaching.seen(call, connection, id)
    return JSONResponse(shown(own).model_dump(mode="json"))


def renew(call: Call) -> Response:
    """Another code to join by."""
    with call.site.database.write() as connection:
        id = teaching.taught(call, connection, call.path("id")).id
        classes.renew_code(connection, id)
        _note(call, connection, "class.code_renewed", id)
        own = teaching.seen(call, connection, id)
    return JSONResponse(shown(own).model_dump(mode="json"))


def join(call: Call) -> Response:
    """Join the class with a code."""
    asked = read_body(call, Joining)
    rates.spend(call, {f"join:{call.me.id}": JOIN})
    with call.site.database.write() as connection, teaching.told():
        id = classes.join(connection, call.me.id, asked.code)
        own = teaching.seen(call, connection, id)
    return JSONResponse(shown(own).model_dump(mode="json"))


def members(call: Call) -> Response:
    """Everybody in a class, who teach first."""
    with call.site.database.read() as connection:
        own = teaching.taught(call, connection, call.path("id"))
        rows = classes.members_of(connection, own.id)
    items = [_member(row).model_dump(mode="json") for row in rows]
    return JSONResponse({"items": items, "next": None})


def let_teach(call: Call) -> Response:
    """Let a member teach, or learn; a teacher need not be a member before."""
    asked = read_body(call, Teaching)
    with call.site.database.write() as connection, teaching.told():
        own = teaching.taught(call, connection, call.path("id"))
        user = teaching.user(connection, call.path("name"))
        classes.let_teach(connection, own.id, user, asked.teaches)
        _note(call, connection, "class.member_changed", own.id, user.name, asked.teaches)
        rows = classes.members_of(connection, own.id)
    row = next(row for row in rows if row.id == user.id)
    return JSONResponse(_member(row).model_dump(mode="json"))


def leave(call: Call) -> Response:
    """Leave a class."""
    with call.site.database.write() as connection, teaching.told():
        teaching.leave(call, connection, call.path("id"))
    return Response(status_code=204)


def remove(call: Call) -> Response:
    """Take somebody out of a class."""
    with call.site.database.write() as connection, teaching.told():
        own = teaching.taught(call, connection, call.path("id"))
        user = teaching.user(connection, call.path("name"))
        classes.remove(connection, own.id, user.id)
        _note(call, connection, "class.member_removed", own.id, user.name)
    return Response(status_code=204)


def _member(row: AnyRow) -> MemberShown:
    return MemberShown(name=row.name, teaches=row.teaches, joined_at=row.joined_at)


def _note(
    call: Call,
    connection: Connection,
    action: str,
    target: str,
    user: str | None = None,
    teaches: bool | None = None,
) -> None:
    told = {"user": user, "teaches": teaches}
    details = {name: value for name, value in told.items() if value is not None}
    note(connection, call.me.id, action, target, details, call.address)


_ALL, _ONE = "/api/v1/classes", "/api/v1/classes/{id}"
_READ = (Who.SIGNED_IN, "api", "read")
_TEACH = (Who.INSTRUCTOR, "api", "teach")
_SUBMIT = (Who.SIGNED_IN, "api", "submit")
DOORS = (
    Door("GET", _ALL, several, *_READ, About("One's classes.", Listed[ClassShown], query=From)),
    Door(
        "POST",
        _ALL,
        create,
        *_TEACH,
        About("Make a class.", ClassShown, 201, takes=NewClass, others=(409,)),
    ),
    Door(
        "POST",
        f"{_ALL}/join",
        join,
        *_SUBMIT,
        About("Join a class by its code.", ClassShown, takes=Joining, others=(409, 429)),
    ),
    Door(
        "POST",
        f"{_ONE}/leave",
        leave,
        *_SUBMIT,
        About("Leave a class.", None, 204, others=(409,)),
    ),
    Door("GET", _ONE, read, *_READ, About("A class.", ClassShown)),
    Door(
        "PUT",
        _ONE,
        change,
        *_TEACH,
        About("Change a class.", ClassShown, takes=ChangedClass, others=(409,)),
    ),
    Door("POST", f"{_ONE}/code", renew, *_TEACH, About("A new code to join by.", ClassShown)),
    Door(
        "GET",
        f"{_ONE}/members",
        members,
        *_TEACH,
        About("Everybody in a class.", Listed[MemberShown]),
    ),
    Door(
        "PUT",
        f"{_ONE}/members/{{name}}",
        let_teach,
        *_TEACH,
        About(
            "Let somebody teach a class, or learn in it.",
            MemberShown,
            takes=Teaching,
            others=(409,),
        ),
    ),
    Door(
        "DELETE",
        f"{_ONE}/members/{{name}}",
        remove,
        *_TEACH,
        About("Take somebody out of a class.", None, 204, others=(409,)),
    ),
)
