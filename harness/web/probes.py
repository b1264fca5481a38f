"""What programs ask that watch the server: whether it is well, and how much it does."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from harness.store.database import StoreError
from harness.store.figures import figures
from harness.store.migrate import is_current
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.meter import CONTENT_TYPE
from harness.web.security.watcher import METRICS


def health(call: Call) -> Response:
    """Whether requests can be answered; strangers ask, so it says no more than that."""
    site = call.site
    try:
        well = is_current(site.database) and site.pulse.writes(site.database)
    except StoreError as error:
        site.pulse.unusable(error)
        well = False
    return JSONResponse({"status": "ok" if well else "unavailable"}, 200 if well else 503)


def metrics(call: Call) -> Response:
    """Figures of the whole server, and of the requests to this process."""
    with call.site.database.read() as connection:
        counted = figures(connection)
    page = call.request.app.state.meter.page(counted)
    return Response(page, headers={"content-type": CONTENT_TYPE})


DOORS = (
    Door("GET", "/healthz", health, Who.ANYONE, "api", "read"),
    Door("GET", METRICS, metrics, Who.OPERATOR, "api", "operate"),
)
