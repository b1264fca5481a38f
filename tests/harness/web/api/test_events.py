from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from harness.store import credentials
from harness.web.api import events
from harness.web.app import application
from tests.harness.online import Online, Person


@dataclass
class Listener:
    """Somebody who listens, and may leave; `heard` is what came so far."""

    site: Online
    person: Person
    path: str
    heard: str = ""
    status: int = 0
    left: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._listen()))
        self._thread.start()

    async def _listen(self) -> None:
        headers = {**self.person.program.headers, "host": "testserver"}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("testserver", 80),
        }
        asked = False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if not asked:
                asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            while not self.left.is_set():
                await asyncio.sleep(0.01)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            self.status = message.get("status", self.status)
            self.heard += message.get("body", b"").decode()

        await application(self.site.site)(scope, receive, send)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that is to come soon."""
        end = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < end, self.heard
            time.sleep(0.01)

    def end(self) -> None:
        """Wait until the stream has ended."""
        self._thread.join(10)
        assert not self._thread.is_alive()


def messages(text: str) -> list[tuple[str, int, Any]]:
    found = []
    for block in text.split("\n\n"):
        lines = dict(
            line.split(": ", 1) for line in block.splitlines() if line[:1] not in ("", ":")
        )
        if "data" in lines:
            found.append((lines["event"], int(lines["id"]), json.loads(lines["data"])))
    return found


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_FIRST_PAUSE", 0.02)


def test_a_judging_is_followed_to_its_end(served: Online) -> None:
    ada = served.person("ada")
    before, id = served.submit(ada), served.submit(ada)
    path = f"/api/v1/submissions/{id}/events"
    listener = Listener(served, ada, path)
    listener.until(lambda: bool(messages(listener.heard)))
    assert served.site.following[ada.account.id] == 1
    assert served.settle() == before
    assert served.settle() == id
    listener.end()
    found = messages(listener.heard)
    assert [(name, data["state"]) for name, _, data in found] == [
        ("progress", "queued"),
        ("progress", "running"),
        ("done", "done"),
    ]
    assert [data["text"] for _, _, data in found] == [
        "Waiting in the queue, with 1 ahead.",
        "Being judged.",
        "Judged: accepted.",
    ]
    assert served.site.following[ada.account.id] == 0

    def again(last: int) -> Any:
        return ada.program.get(path, headers={"Last-Event-ID": str(last)})

    resumed = again(found[0][1])
    assert resumed.headers["content-type"].startswith("text/event-stream")
    assert messages(resumed.text) == found[1:]
    assert again(found[-1][1]).status_code == 204
    # What is numbered higher than all there is was heard before a backup was restored.
    assert messages(again(found[-1][1] + 1).text) == found[-1:]
    assert messages(ada.program.get(path).text) == found[-1:]
    assert ada.program.get(path, headers={"Last-Event-ID": "x"}).status_code == 422
    assert ada.program.head(path).content == b""


def test_who_was_lost_is_judged_again(served: Online) -> None:
    data = {"state": "running", "attempt": 2}
    assert events.sentence(data) == "Being judged again, for the 2. time."
    assert events.sentence({"state": "queued", "ahead": 0}) == "Next in the queue."


def test_a_step_is_told_with_what_is_known_by_then() -> None:
    data = {"state": "running", "attempt": 1, "step": "tracing", "checks": {}}
    assert events.sentence(data) == "Being judged: tracing the function."
    checks = {"correctness": "failed", "structure": "passed"}
    assert events.sentence({**data, "step": "explaining", "checks": checks}) == (
        "Being judged: looking for the mistake. Correctness: failed. Structure: passed."
    )
    assert events.sentence({**data, "step": "of another version"}) == "Being judged."


def test_a_stream_ends_when_its_listener_leaves(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_BEAT_SECONDS", 0.0)
    ada = served.person("ada")
    listener = Listener(served, ada, f"/api/v1/submissions/{served.submit(ada)}/events")
    listener.until(lambda: ": still there" in listener.heard)
    listener.left.set()
    listener.end()
    assert served.site.following[ada.account.id] == 0


def test_a_stream_ends_when_its_listener_may_listen_no_more(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_BEAT_SECONDS", 0.0)
    ada = served.person("ada")
    listener = Listener(served, ada, f"/api/v1/submissions/{served.submit(ada)}/events")
    listener.until(lambda: ": still there" in listener.heard)
    with served.database.write() as connection:
        (token,) = credentials.tokens_of(connection, ada.account.id)
        credentials.revoke_token(connection, ada.account.id, token.id)
    listener.end()
    assert (listener.status, [name for name, _, _ in messages(listener.heard)]) == (
        200,
        ["progress"],
    )


def test_others_do_not_listen_nor_does_one_too_often(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    path = f"/api/v1/submissions/{served.submit(ada)}/events"
    assert bob.program.get(path).status_code == 404
    served.site.following[ada.account.id] = served.site.rules.streams
    answer = ada.program.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many_streams")
    assert answer.headers["retry-after"] == "5"
