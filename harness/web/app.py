"""The application: all doors of a site."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from harness.web import answers, probes
from harness.web.api import (
    classes,
    credentials,
    entry,
    events,
    operating,
    problems,
    rejudges,
    reports,
    results,
    sets,
    submissions,
    webhooks,
)
from harness.web.api.openapi import documented
from harness.web.doors import Door, routes
from harness.web.journal import Journal
from harness.web.meter import Meter
from harness.web.pages import account, attempts, entering, leaderboard, look, people
from harness.web.pages import classes as classes_pages
from harness.web.pages import github as github_pages
from harness.web.pages import history as history_pages
from harness.web.pages import operating as operating_pages
from harness.web.pages import problems as problem_pages
from harness.web.pages import rejudges as rejudges_pages
from harness.web.pages import sets as sets_pages
from harness.web.pages.rendering import STATIC
from harness.web.security import github
from harness.web.security.headers import Headers
from harness.web.security.hosts import Hosts
from harness.web.site import Site

_DOORS: tuple[Door, ...] = (
    *probes.DOORS,
    *entry.DOORS,
    *credentials.DOORS,
    *problems.DOORS,
    *submissions.DOORS,
    *reports.DOORS,
    *events.DOORS,
    *webhooks.DOORS,
    *classes.DOORS,
    *results.DOORS,
    *sets.DOORS,
    *rejudges.DOORS,
    *operating.DOORS,
    *entering.DOORS,
    *github_pages.DOORS,
    *account.DOORS,
    *people.DOORS,
    *classes_pages.DOORS,
    *sets_pages.DOORS,
    *rejudges_pages.DOORS,
    *operating_pages.DOORS,
    *look.DOORS,
    *problem_pages.DOORS,
    *attempts.DOORS,
    *history_pages.DOORS,
    *leaderboard.DOORS,
)
DOORS = documented(_DOORS)


def application(site: Site) -> ASGIApp:
    """The application of a site, as an ASGI server runs it.

    Raises `UsageError` where what it is to do needs what is not installed.
    """
    if site.github is not None:
        github.check_installed()
    unrouted = _unrouted(site)
    doors = Starlette(
        routes=[
            *routes(site, DOORS, answers.refused),
            Mount("/static", _Static(directory=STATIC), name="static"),
        ],
        exception_handlers={404: unrouted, 405: unrouted, 500: unrouted},
    )
    doors.state.meter = meter = Meter()
    # Around all of it, so that also what is told of faults has the headers, and is written down.
    return Journal(Headers(Hosts(doors, site.url), site.secure), meter)


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
