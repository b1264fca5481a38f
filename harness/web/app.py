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
from starlette.types import ASGIApp, Scope

from harness.web import answers, probes
from harness.web.api import credentials, entry, events, problems, reports, submissions, webhooks
from harness.web.api.openapi import documented
from harness.web.doors import Door, routes
from harness.web.journal import Journal
from harness.web.meter import Meter
from harness.web.pages import account, entering, people
from harness.web.pages import github as github_pages
from harness.web.security import github
from harness.web.security.headers import Headers
from harness.web.security.hosts import Hosts
from harness.web.site import Site

_STATIC = Path(__file__).parent / "static"
_DOORS: tuple[Door, ...] = (
    *probes.DOORS,
    *entry.DOORS,
    *credentials.DOORS,
    *problems.DOORS,
    *submissions.DOORS,
    *reports.DOORS,
    *events.DOORS,
    *webhooks.DOORS,
    *entering.DOORS,
    *github_pages.DOORS,
    *account.DOORS,
    *people.DOORS,
)
DOORS = documented(_DOORS)


def application(site: Site) -> ASGIApp:
    """The application of a site, as an ASGI server runs it.

    Raises `UsageError` where what it is to do needs what is not installed.
    """
    if site.github is not None:
        github.check_installed()
    unrouted = _unrouted(site)
    meter = Meter()
    doors = Starlette(
        routes=[
            *routes(site, DOORS, answers.refused),
            Mount("/static", _Static(directory=_STATIC), name="static"),
        ],
        middleware=[Middleware(Journal, meter=meter)],
        exception_handlers={404: unrouted, 405: unrouted, 500: unrouted},
    )
    doors.state.meter = meter
    # Around all of it, so that also what is told of faults has the headers.
    return Headers(Hosts(doors, site.url), site.secure)


class _Static(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=3600"
        return response


def _unrouted(site: Site) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 500)
        headers = getattr(error, "headers", None) or {}
        return await run_in_threadpool(answers.unrouted, site, request, status, headers)

    return answer
