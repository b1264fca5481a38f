"""Webhooks: what is told to other servers when submissions are judged."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from harness.store import hooks
from harness.store.hooks import TooMany
from harness.store.limits import Rate, take
from harness.store.types import AnyRow
from harness.web.api.about import About
from harness.web.api.models import Body, Listed, read_body
from harness.web.call import Call, Refusal, missing
from harness.web.doors import Door, Who
from harness.work.delivering import LONGEST_URL, unfit

_HOST, _PORT = r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", r"(:([1-9][0-9]{0,3}|[1-5][0-9]{4}))?"
TESTS = Rate(10, timedelta(minutes=10))
_URL = rf"^https?://{_HOST}{_PORT}(/[!-~]*)?$"


class NewWebhook(Body):
    """Where to send to."""

    url: str = Field(max_length=LONGEST_URL, pattern=_URL)


class DeliveryShown(BaseModel):
    """What was sent last: `answer` is a status, or why it did not arrive."""

    id: str
    created_at: datetime
    attempts: int
    delivered_at: datetime | None
    next_at: datetime | None
    answer: str | None


class WebhookShown(BaseModel):
    """A webhook, without its secret; `last` is null until there was something to tell."""

    id: str
    url: str
    created_at: datetime
    last: DeliveryShown | None


class WebhookMade(BaseModel):
    """A new webhook: the secret that signs what is sent is never shown again."""

    id: str
    url: str
    secret: str


class Sent(BaseModel):
    """The id of a delivery that is on its way."""

    delivery: str


def several(call: Call) -> Response:
    """One's webhooks."""
    with call.site.database.read() as connection:
        rows = hooks.of(connection, call.me.id)
        items = [_shown(row, hooks.last(connection, row.id)) for row in rows]
    return JSONResponse({"items": [i.model_dump(mode="json") for i in items], "next": None})


def add(call: Call) -> Response:
    """A new webhook."""
    url = read_body(call, NewWebhook).url
    if why := unfit(url, call.site.rules.hooks_inside):
        raise Refusal(422, "invalid", f"url: it {why}", fields={"url": f"it {why}"})
    try:
        with call.site.database.write() as connection:
            id, secret = hooks.add(connection, call.me.id, url)
    except TooMany as error:
        raise Refusal(409, "too_many_webhooks", str(error)) from None
    return JSONResponse(WebhookMade(id=id, url=url, secret=secret).model_dump(mode="json"), 201)


def remove(call: Call) -> Response:
    """End a webhook."""
    with call.site.database.write() as connection:
        if not hooks.remove(connection, call.me.id, call.path("id")):
            raise missing("webhook")
    return Response(status_code=204)


def ping(call: Call) -> Response:
    """Send something that says only that it arrives: no more than so often, to whatever server."""
    with call.site.database.write() as connection:
        delivery = hooks.ping(connection, call.me.id, call.path("id"))
        if delivery is None:
            raise missing("webhook")
        wait = take(connection, f"webhook-test:{call.me.id}", TESTS)
        if wait is not None:
            raise Refusal(429, "too_often", "too many tests: wait a little", wait)
    return JSONResponse(Sent(delivery=delivery).model_dump(mode="json"), 202)


def _shown(row: AnyRow, last: AnyRow | None) -> WebhookShown:
    sent = None if last is None else DeliveryShown.model_validate(last._asdict())
    return WebhookShown(**row._asdict(), last=sent)


_ALL, _ONE = "/api/v1/webhooks", "/api/v1/webhooks/{id}"
_CHANGE = (Who.SIGNED_IN, "api", "submit")
DOORS = (
    Door(
        "GET",
        _ALL,
        several,
        Who.SIGNED_IN,
        "api",
        "read",
        About("One's webhooks.", Listed[WebhookShown]),
    ),
    Door(
        "POST",
        _ALL,
        add,
        *_CHANGE,
        About("A new webhook.", WebhookMade, 201, takes=NewWebhook, others=(409,)),
    ),
    Door("DELETE", _ONE, remove, *_CHANGE, About("End a webhook.", status=204)),
    Door(
        "POST",
        f"{_ONE}/test",
        ping,
        *_CHANGE,
        About("Send a test to a webhook.", Sent, 202, others=(429,)),
    ),
)
