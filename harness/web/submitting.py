"""Submissions of who asks: handing one in, and finding one."""

from __future__ import annotations

from harness.files import unfit
from harness.problem.model import Problem
from harness.store import queue, seeing, submissions
from harness.store.limits import take
from harness.store.submissions import KeyReused, Offered
from harness.store.types import AnyRow
from harness.web import teaching
from harness.web.call import Call, Refusal, missing

_BUSY_SECONDS = 10


def problem(call: Call, id: str) -> Problem:
    """A problem of the site; raises `Refusal` where there is no such."""
    found = call.site.problems.get(id)
    if found is None:
        raise missing("problem")
    return found


def hand_in(
    call: Call,
    id: str,
    source: bytes,
    name: str,
    key: str | None = None,
    set_id: str | None = None,
) -> tuple[AnyRow, bool]:
    """A submission that is safe, with its state, and whether it was accepted just now.

    `key` is what the client calls the request, `set_id` the problem set it is handed in through.
    Raises `Refusal` for what is no submission, for who submits too often, where the queue is full,
    for what the rules of a set do not allow, and for a key that was used for something else.
    """
    asked = problem(call, id)
    if why := unfit(source):
        raise Refusal(422, "unfit", f"your submission {why}", fields={"source": why})
    with call.site.database.write() as connection:
        wait = take(connection, f"submit:{call.me.id}", call.site.rules.submit)
    if wait is not None:
        raise Refusal(429, "too_often", "you submit too often: wait a little", retry=wait)
    offered = Offered(call.me.id, asked.id, asked.version, name, source, set_id, key)
    try:
        with call.site.database.write() as connection, teaching.told():
            if queue.length(connection) >= call.site.rules.queue:
                raise Refusal(429, "busy", "the queue is full: try again soon", _BUSY_SECONDS)
            id, fresh = submissions.accept(connection, offered)
            row = submissions.one(connection, id)  # here: once it is kept, nothing may fail
            assert row is not None
            return row, fresh
    except KeyReused as error:
        raise Refusal(409, "key_reused", str(error)) from None


def visible(call: Call, id: str) -> AnyRow:
    """A submission and its state, as `seeing` allows; raises `Refusal` for any other."""
    with call.site.database.read() as connection:
        row = seeing.one(connection, call.me, id)
    if row is None:
        raise missing("submission")
    return row
