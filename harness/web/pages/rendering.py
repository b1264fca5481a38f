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
from harness.web.call import Call

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = Path(__file__).parents[1] / "static"
_TEMPLATES = Path(__file__).parents[1] / "templates"
_MINUTE = 60


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
    found.filters["moment"] = _moment
    found.filters["span"] = _span
    found.filters["words"] = _words
    found.globals["asset"] = asset
    found.globals["style"] = f"/style.css?{_digest(style())}"
    found.finalize = _plain
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


def _words(name: str) -> str:
    """A verdict or a level in words, such as `wrong answer`."""
    return name.replace("_", " ")
