"""The problems: a list, and each with its statement beside an editor."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from harness.files import unfit
from harness.problem.model import Problem
from harness.report.html import source as highlighted
from harness.report.html import statement
from harness.store import drafts, sets, standings, submissions
from harness.store.assignments import Set
from harness.store.database import StoreError
from harness.store.history import Wanted, listed
from harness.web import teaching
from harness.web.call import Call, Refusal, missing
from harness.web.doors import Door, Who
from harness.web.pages import fields
from harness.web.pages.rendering import render, see
from harness.web.submitting import hand_in, problem, visible

LEVELS = ("easy", "medium", "hard")
STATES = ("new", "tried", "accepted")
_RECENT = 5
# What will pass: the form is shown again with its text.
_PASSING = frozenset(
    "signed_out stale too_often busy unfit unavailable not_open closed no_attempts in_a_set".split()
)


@dataclass(frozen=True, slots=True)
class Text:
    """What stands in the editor; `origin` says where it is from, and `at` since when it is kept."""

    text: str
    origin: str
    at: datetime | None = None


def index(call: Call) -> Response:
    """The problems, those of a level, a tag and a state that the query asks for."""
    states = _states(call)
    problems = sorted(call.site.problems.values(), key=_order)
    tags = sorted({tag for each in problems for tag in each.tags})
    level, tag = _one_of(call, "level", LEVELS), _one_of(call, "tag", tags)
    state = _one_of(call, "state", STATES) if call.user else ""
    found = [
        (each, states.get(each.id, "new"))
        for each in problems
        if level in ("", each.level)
        and (not tag or tag in each.tags)
        and state in ("", states.get(each.id, "new"))
    ]
    accepted = sum(each == "accepted" for each in states.values())
    return render(
        call,
        "problems.html",
        found=found,
        chosen={"level": level, "tag": tag, "state": state},
        tags=tags,
        accepted=accepted,
    )


def _one_of(call: Call, name: str, known: Sequence[str]) -> str:
    """What the query says of something; nothing where that is not known."""
    asked = call.query(name) or ""
    return asked if asked in known else ""


def _states(call: Call) -> Mapping[str, str]:
    if call.user is None:
        return {}
    with call.site.database.read() as connection:
        found = standings.progress(connection, call.user.id)
    return {id: state for id, state in found.items() if id in call.site.problems}


def _order(each: Problem) -> tuple[int, str]:
    return LEVELS.index(each.level), each.title


def read(call: Call) -> Response:
    """A problem, and for who is signed in an editor with the draft and the newest attempts."""
    found = problem(call, call.path("id"))
    if call.user is None:
        return _page(call, found, Text(found.starter, "starter"))
    text = _text(call, found)
    with call.site.database.read() as connection:
        mine = Wanted(user=call.user.id, problem=found.id)
        recent = listed(connection, call.user, mine, _RECENT)
        open_sets = sets.open_sets(connection, call.user.id, found.id)
    through = _through(call, found, call.query("set"))
    sets_there: dict[str, object] = {"through": through, "set_id": through.id if through else ""}
    return _page(call, found, text, 200, recent=recent, open_sets=open_sets, **sets_there)


def _through(call: Call, found: Problem, id: str | None) -> Set | None:
    """The set that the problem is answered for; None where the query names none that fits."""
    if not id or call.user is None or not id.isprintable():
        return None
    with call.site.database.read() as connection:
        _, through = teaching.seen_set(call, connection, id)
    return through if found.id in through.terms.problems else None


def _text(call: Call, found: Problem) -> Text:
    """What the editor begins with: an attempt that is asked for, the draft, or the starter."""
    attempt = call.query("from")
    if attempt is not None:
        row = visible(call, attempt)
        if row.problem != found.id:
            raise missing("submission")
        with call.site.database.read() as connection:
            source = submissions.source(connection, row.id) or b""
        return Text(_decoded(source), "attempt", row.created_at)
    with call.site.database.read() as connection:
        draft = drafts.read(connection, call.me.id, found.id)
    if draft is None or call.query("starter") is not None:
        return Text(found.starter, "starter")
    return Text(_decoded(draft.source), "draft", draft.saved_at)


def submit(call: Call) -> Response:
    """Hand in what stands in the editor; the same text from the same page counts once."""
    found = problem(call, call.path("id"))
    form = call.form()
    source = form.get("source", "").encode()
    through = fields.text(form, "set")
    told_apart = (found.id, form.get("once", ""), through or "", "")
    key = hashlib.sha256("\0".join(told_apart).encode() + source).hexdigest()
    row, _ = hand_in(call, found.id, source, f"{found.id}.py", f"page:{key}", through)
    # Without a draft the text is safe all the same.
    with suppress(StoreError), call.site.database.write() as connection:
        drafts.save(connection, call.me.id, found.id, source)
    return see(f"/submissions/{row.id}")


def save(call: Call) -> Response:
    """Keep what stands in the editor, for browsers without scripts."""
    found = problem(call, call.path("id"))
    source = call.form().get("source", "").encode()
    if source and (why := unfit(source)):
        raise Refusal(422, "unfit", f"your draft {why}", fields={"source": why})
    with call.site.database.write() as connection:
        drafts.save(connection, call.me.id, found.id, source)
    set_id = call.form().get("set", "")
    through = f"&{urlencode({'set': set_id})}" if set_id else ""
    return see(f"/problems/{found.id}?saved{through}")


def again(call: Call, refusal: Refusal) -> Response | None:
    """The page with the text that was sent: what somebody typed is never lost to a refusal."""
    found = call.site.problems.get(call.path("id")) if refusal.code in _PASSING else None
    if found is None:
        return None
    form = call.form()
    text = Text(form.get("source", ""), "sent")
    set_id = form.get("set", "")
    return _page(call, found, text, refusal.status, refusal=refusal, set_id=set_id)


def _page(call: Call, found: Problem, text: Text, status: int = 200, **context: object) -> Response:
    empty = {"refusal": None, "recent": (), "through": None, "set_id": "", "open_sets": ()}
    shown: dict[str, object] = {**empty, **context}
    return render(
        call,
        "problem.html",
        status,
        problem=found,
        statement=_statement(found.version, found.statement),
        starter=[Markup(line) for line in highlighted.lines(found.starter.encode())],
        text=text,
        **shown,
    )


@lru_cache(256)
def _statement(version: str, markdown: str) -> Markup:
    """The statement as HTML, its title the page's."""
    return Markup(statement.render(markdown))


def _decoded(source: bytes) -> str:
    return source.decode("utf-8", "replace")


DOORS = (
    Door("GET", "/", index, Who.ANYONE),
    Door("GET", "/problems/{id}", read, Who.ANYONE),
    Door("POST", "/problems/{id}", submit, Who.SIGNED_IN, again=again),
    Door("POST", "/problems/{id}/draft", save, Who.SIGNED_IN, again=again),
)
