"""What happens to a submission, as it happens: a stream of server-sent events."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from pydantic import Field
from starlette.responses import Response, StreamingResponse

from graders.steps import DOING, Step
from harness.store import submissions
from harness.store.database import StoreError
from harness.store.submissions import Event
from harness.web.api.about import About
from harness.web.api.models import Given, read_headers
from harness.web.call import Call, Refusal
from harness.web.doors import Door, Who, enter
from harness.web.security.identity import identify
from harness.web.submitting import visible

_FIRST_PAUSE, _LONGEST_PAUSE, _GROWTH = 0.25, 1.0, 1.1
_BEAT_SECONDS = 15.0
_WAITING = ("queued", "running")
_FULL_SECONDS = 5
_MEDIA = "text/event-stream"


class Resumed(Given):
    """The id of the last event that was heard."""

    last: str | None = Field(None, alias="Last-Event-ID", pattern=r"^[0-9]{1,18}$", max_length=18)


def follow(call: Call) -> Response:
    """A stream of what happens to a submission: how it stands now, then each change, to its end.

    After an event that was heard, only what came later; 204 says that there is nothing to come.
    """
    id, resumed = call.path("id"), read_headers(call, Resumed).last
    visible(call, id)
    if call.request.method == "HEAD":
        return Response(media_type=_MEDIA)
    if call.site.following[call.me.id] >= call.site.rules.streams:
        message = "there are too many streams open: close one first"
        raise Refusal(429, "too_many_streams", message, retry=_FULL_SECONDS)
    known = _after(call, id, 0)
    newest = known[-1]
    if resumed is not None and int(resumed) == newest.id and _ends(newest):
        return Response(status_code=204)
    # What comes after all there is was heard before a backup was restored.
    heard = int(resumed) if resumed and int(resumed) <= newest.id else newest.id - 1
    headers = {"x-accel-buffering": "no"}  # a proxy in between must pass on each at once
    return StreamingResponse(_stream(call, id, heard), media_type=_MEDIA, headers=headers)


async def _stream(call: Call, id: str, heard: int) -> AsyncIterator[str]:
    call.site.following[call.me.id] += 1
    try:
        async for message in _messages(call, id, heard):
            yield message
    except (StoreError, Refusal):
        return  # whoever listens comes again, and is told why or goes on where this ended
    finally:
        call.site.following[call.me.id] -= 1


async def _messages(call: Call, id: str, heard: int) -> AsyncIterator[str]:
    pause, beat = _FIRST_PAUSE, time.monotonic()
    yield "retry: 2000\n\n"
    while True:
        # Threads of their own, so that who listens keeps nobody waiting who asks.
        for event in await asyncio.to_thread(_after, call, id, heard):
            yield await asyncio.to_thread(_message, call, id, event)
            if _ends(event):
                return
            heard, pause = event.id, _FIRST_PAUSE
        if time.monotonic() > beat + _BEAT_SECONDS:
            await asyncio.to_thread(_let_stay, call, id)
            beat = time.monotonic()
            yield ": still there\n\n"
        await asyncio.sleep(pause)
        pause = min(_LONGEST_PAUSE, pause * _GROWTH)


def _after(call: Call, id: str, heard: int) -> Sequence[Event]:
    with call.site.database.read() as connection:
        return submissions.events_after(connection, id, heard)


def _let_stay(call: Call, id: str) -> None:
    """Raises `Refusal` if who listens was signed out, or may not see the submission any more."""
    by = identify(call.site, call.request)
    now = Call(call.site, call.request, b"", by, call.nonce)
    enter(now, DOORS[0])
    visible(now, id)


def _ends(event: Event) -> bool:
    return event.kind not in _WAITING


def _message(call: Call, id: str, event: Event) -> str:
    """An event as it is sent; `progress` until `done`, each with a sentence for people."""
    data: dict[str, Any] = {"state": event.kind, "at": event.at.isoformat(), **event.data}
    if event.kind == "queued":
        with call.site.database.read() as connection:
            data["ahead"] = submissions.ahead(connection, id)
    data["text"] = sentence(data)
    name = "done" if _ends(event) else "progress"
    return f"event: {name}\nid: {event.id}\ndata: {json.dumps(data)}\n\n"


def sentence(data: Mapping[str, Any]) -> str:
    """How a submission stands, for people: of its `state` and what comes with that."""
    if data["state"] == "queued":
        ahead = data["ahead"]
        return f"Waiting in the queue, with {ahead} ahead." if ahead else "Next in the queue."
    if data["state"] == "running":
        again = f" again, for the {data['attempt']}. time" if data["attempt"] > 1 else ""
        step, known = data.get("step"), data.get("checks", {})
        doing = f": {DOING[Step(step)]}" if step in set(Step) else ""
        so_far = "".join(f" {name.capitalize()}: {status}." for name, status in known.items())
        return f"Being judged{again}{doing}.{so_far}"
    return f"Judged: {data['verdict'].replace('_', ' ')}."


DOORS = (
    Door(
        "GET",
        "/api/v1/submissions/{id}/events",
        follow,
        Who.SIGNED_IN,
        "api",
        "read",
        About(
            "What happens to a submission, as it happens.",
            headers=Resumed,
            media=_MEDIA,
            others=(204, 429),
        ),
    ),
)
