"""The style sheet of all pages."""

from __future__ import annotations

from starlette.responses import Response

from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.pages.rendering import style


def sheet(call: Call) -> Response:
    """The style sheet, at an address that is another one when it is another."""
    return Response(
        style(), media_type="text/css", headers={"cache-control": "public, max-age=3600"}
    )


DOORS = (Door("GET", "/style.css", sheet, Who.ANYONE),)
