"""Pages from templates. All that is filled in is escaped."""

from __future__ import annotations

import hashlib
import math
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, RedirectResponse

from harness.report.html.environment import TEMPLATES, environment
from harness.report.text import clean
from harness.store.database import now
from harness.web.call import Call
from harness.web.pages import agents

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = Path(__file__).parents[1] / "static"
_TEMPLATES = Path(__file__).parents[1] / "templates"
_MINUTE = 60
_LENGTHS = ((86_400, "day"), (3_600, "hour"), (_MINUTE, "minute"))


def render(call: Call, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page. Templates have `call`, `user`, `csrf` and `nonce`, and the parts of reports."""
    session = call.session
    page = _environment().get_template(template)
    text = page.render(
        call=call,
        user=call.user,
        csrf=session.csrf if session else "",
        nonce=call.nonce,
        **context,
    )
    return HTMLResponse(text, status)


def see(path: str) -> RedirectResponse:
    """Go and see another page, after a form was sent."""
    return RedirectResponse(path, 303)


@cache
def asset(name: str) -> str:
    """The address of a script, which is another one when the script is another."""
    return f"/static/{name}?{_digest((STATIC / name).read_bytes())}"


@cache
def style() -> bytes:
    """The style sheet: that of reports, and what pages have beside them."""
    return (TEMPLATES / "style.css").read_bytes() + (STATIC / "style.css").read_bytes()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def _environment() -> Environment:
    found = environment(_TEMPLATES)
    found.finalize = _plain
    found.filters |= {
        "browser": agents.browser,
        "left": _left,
        "moment": _moment,
        "points": _points,
        "span": _span,
        "words": _words,
    }
    found.globals["asset"] = asset
    found.globals["style"] = f"/style.css?{_digest(style())}"
    return found


def _plain(value: Any) -> Any:
    """Text that can move no cursor and reorder no line; `| e` shows a text exactly as it is."""
    return clean(value) if type(value) is str else value


def _moment(at: datetime) -> str:
    """A moment as people read it; the page's `<time datetime>` has it for programs."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _span(seconds: float) -> str:
    """A time as people say it, rounded up, such as `2 minutes`."""
    count = max(1, math.ceil(seconds))
    unit = "second"
    if count > _MINUTE:
        count, unit = math.ceil(count / _MINUTE), "minute"
    return f"{count} {unit}{'s' * (count != 1)}"


def _left(at: datetime) -> str:
    """How long it is until a moment, such as `, in 3 days`; empty once it has come."""
    seconds = (at - now()).total_seconds()
    for length, unit in _LENGTHS:
        if (count := int(seconds // length)) > 1 or (count == 1 and length == _MINUTE):
            return f", in {count} {unit}{'s' * (count != 1)}"
    return ", in less than a minute" if seconds > 0 else ""


def _points(score: float) -> str:
    """A number of points, such as `41.7`."""
    return f"{round(score, 2):g}"


def _words(name: str) -> str:
    """A verdict or a level in words, such as `wrong answer`."""
    return name.replace("_", " ")
