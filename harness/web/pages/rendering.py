"""Pages from templates. All that is filled in is escaped."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from harness.report.text import clean
from harness.web.call import Call


def render(call: Call, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page. Templates have `call`, `user`, `csrf` and `nonce`."""
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
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.finalize = _plain
    environment.filters["moment"] = _moment
    return environment


def _plain(value: Any) -> Any:
    """Text that can move no cursor and reorder no line; `| e` shows a text exactly as it is."""
    return clean(value) if type(value) is str else value


def _moment(at: datetime) -> str:
    """A moment as people read it; the page's `<time datetime>` has it for programs."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
