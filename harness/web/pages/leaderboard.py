"""The leaderboard of a problem: who solved it with how few equations, and nothing of how."""

from __future__ import annotations

from starlette.responses import Response

from harness.store import standings
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.pages.rendering import render
from harness.web.submitting import problem

_PART = 50


def read(call: Call) -> Response:
    """A part of the leaderboard, after a place that the query may name."""
    found = problem(call, call.path("id"))
    asked = call.query("after") or ""
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    with call.site.database.read() as connection:
        places = standings.leaderboard(connection, found.id, _PART + 1, after)
    following = places[_PART - 1].rank if len(places) > _PART else None
    return render(
        call,
        "leaderboard.html",
        problem=found,
        places=places[:_PART],
        after=after,
        following=following,
    )


DOORS = (Door("GET", "/problems/{id}/leaderboard", read, Who.SIGNED_IN),)
