"""The leaderboard of a problem: who solved it with how few equations, and nothing of how."""

from __future__ import annotations

from starlette.responses import Response

from harness.errors import UsageError
from harness.store import standings
from harness.web.call import Call, bad_cursor
from harness.web.doors import Door, Who
from harness.web.pages.rendering import render
from harness.web.submitting import problem

_PART = 50


def read(call: Call) -> Response:
    """A part of the leaderboard, after a place that the query may name."""
    found, after = problem(call, call.path("id")), call.query("after") or None
    try:
        with call.site.database.read() as connection:
            places = standings.leaderboard(connection, found.id, _PART + 1, after)
    except UsageError:
        raise bad_cursor() from None
    following = places[_PART - 1].cursor if len(places) > _PART else None
    return render(
        call,
        "leaderboard.html",
        problem=found,
        places=places[:_PART],
        after=after,
        following=following,
    )


DOORS = (Door("GET", "/problems/{id}/leaderboard", read, Who.SIGNED_IN),)
