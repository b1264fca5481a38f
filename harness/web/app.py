"""The application: all doors of a site."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from harness.web import answers, probes
from harness.web.api import submissions as api_submissions
from harness.web.doors import Door, routes
from harness.web.journal import Journal
from harness.web.meter import Meter
from harness.web.security.headers import Headers
from harness.web.site import Site

_STATIC = Path(__file__).parent / "static"
DOORS: tuple[Door, ...] = (*probes.DOORS, *api_submissions.DOORS)


def application(site: Site) -> Starlette:
    """The application of a site, as an ASGI server runs it."""
    unrouted = _unrouted(site)
    meter = Meter()
    made = Starlette(
        routes=[
            *routes(site, DOORS, answers.refused),
            Mount("/static", _Static(directory=_STATIC), name="static"),
        ],
        middleware=[
            Middleware(Journal, meter=meter),
            Middleware(Headers, secure=site.secure),
        ],
        exception_handlers={404: unrouted, 405: unrouted, 500: unrouted},
    )
    made.state.meter = meter
    return made


class _Static(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=3600"
        return response


def _unrouted(site: Site) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 500)
        return await run_in_threadpool(answers.unrouted, site, request, status)

    return answer
