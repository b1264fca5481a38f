from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from harness.engine import Engine
from harness.errors import MachineError
from harness.remote import exchange
from harness.remote.client import Client
from harness.remote.following import follow
from harness.remote.progress import Progress
from harness.store.submissions import record
from tests.harness.remote.between import Between
from tests.harness.remote.running import PROBLEMS, Running
from tests.harness.sandbox.conftest import until

SOURCE = "def scan_training_step(w, lr, x_batches, y_batches):\n    return w\n"
NEW = {"problem": PROBLEMS[0], "source": SOURCE}


class _Written(Progress):
    """What is shown, one after the other."""

    def __init__(self) -> None:
        super().__init__(io.StringIO(), live=True, width=80)

    @property
    def lines(self) -> list[str]:
        assert isinstance(self.stream, io.StringIO)
        parts = self.stream.getvalue().replace("\n", "\r\x1b[K").split("\r\x1b[K")
        return [part.strip() for part in parts if part.strip()]


@pytest.fixture
def ada(server: Running) -> Iterator[Client]:
    with Client.of(server.url, server.token("ada", "read", "submit")) as client:
        yield client


def _later(action: Callable[[], object], seconds: float) -> threading.Timer:
    timer = threading.Timer(seconds, action)
    timer.start()
    return timer


def test_what_happens_is_shown_as_it_happens(server: Running, ada: Client, engine: Engine) -> None:
    ada.post("/submissions", {**NEW, "problem": PROBLEMS[1]})
    id = ada.post("/submissions", NEW)["id"]
    shown = _Written()
    done = threading.Event()

    def judge() -> None:
        with server.worker(engine):
            done.wait()

    judging = _later(judge, 0.3)
    handed = follow(ada, id, shown)
    done.set()
    judging.join()
    assert (handed.id, handed.state, handed.verdict) == (id, "done", "wrong_answer")
    assert shown.lines == ["queued, 1 before you", "running"]


def test_a_connection_that_is_cut_is_taken_up_where_it_was(
    server: Running, ada: Client, engine: Engine
) -> None:
    id = ada.post("/submissions", NEW)["id"]
    token = ada.http.headers["authorization"].removeprefix("Bearer ")
    with (
        Between(server.url, seen=b"event: ", cut_after=2) as between,
        Client.of(between.url, token) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        following = pool.submit(follow, client, id, _Written())
        begun = until(lambda: between.left == 1)
        with (
            server.online.database.write() as connection
        ):  # something to hear of, which cuts the line
            record(connection, id, "running", {"attempt": 1})
        again = until(lambda: between.heard.count(b"/events ") == 2)
        with server.worker(engine):
            assert following.result(60).verdict == "wrong_answer"
        assert begun
        assert again
    assert re.search(rb"last-event-id: [1-9]", between.heard.lower())


def _polled(*states: str) -> Callable[[httpx2.Request], httpx2.Response]:
    """A server, behind something that lets no events through, with a submission in these states."""
    left = list(states)

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/events"):
            return httpx2.Response(200, text="buffered")
        state = left.pop(0)
        if state == "lost":
            raise httpx2.ConnectError("gone")
        if state == "interrupt":
            raise KeyboardInterrupt
        document = {"id": "7", "problem": "p", "name": "n", "created_at": "2026-01-01T00:00:00Z"}
        return httpx2.Response(200, json={**document, "state": state, "ahead": len(left)})

    return answer


def _client(answer: Callable[[httpx2.Request], httpx2.Response]) -> Client:
    transport = httpx2.MockTransport(answer)
    return Client(httpx2.Client(transport=transport, base_url="https://j.example" + exchange.API))


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


def test_without_events_it_asks_less_and_less_often(no_pauses: list[float]) -> None:
    shown = _Written()
    states = ["queued"] * 2 + ["running"] * 4 + ["lost", "dead"]
    assert follow(_client(_polled(*states)), "7", shown).settled
    assert no_pauses == sorted(no_pauses[:-1]) + no_pauses[-1:]
    assert shown.lines == [
        "queued, 7 before you",
        "queued, 6 before you",
        "running",
        "jaxjudge: cannot reach https://j.example: gone; trying again at once",
    ]


def test_events_that_are_refused_are_done_without(no_pauses: list[float]) -> None:
    plain = _polled("running", "done")

    def answer(request: httpx2.Request) -> httpx2.Response:
        error = {"error": {"code": "not_found", "message": "no such", "fields": {}}}
        refused = httpx2.Response(404, json=error)
        return refused if request.url.path.endswith("/events") else plain(request)

    shown = _Written()
    assert follow(_client(answer), "7", shown).settled
    assert shown.lines == ["running"]


def test_who_stops_waiting_is_told_how_to_see_it(no_pauses: list[float]) -> None:
    shown = _Written()
    with pytest.raises(KeyboardInterrupt):
        follow(_client(_polled("queued", "interrupt")), "7", shown)
    assert shown.lines[-1] == ("jaxjudge: the submission goes on, see it with: jaxjudge status 7")


def test_a_server_that_stays_away_leaves_the_submission_going_on(
    no_pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 10_000, 20))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with pytest.raises(MachineError, match=r"cannot reach .*; the submission goes on"):
        follow(_client(_polled("queued", *["lost"] * 30)), "7", _Written())


def test_nothing_a_server_says_moves_the_cursor(no_pauses: list[float]) -> None:
    event = 'event: progress\ndata: {"state": "queued", "ahead": "\\u001b[2J"}\n\n'
    bad = "event: \x1b[2J\ndata: [[\n\nevent: running\ndata: []\n\nevent: done\ndata: {}\n\n"
    plain = _polled("done")

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/events"):
            headers = {"content-type": "text/event-stream"}
            return httpx2.Response(200, headers=headers, text=event + bad)
        return plain(request)

    shown = _Written()
    assert follow(_client(answer), "7", shown).settled
    assert shown.lines == ["queued", "running"]


def test_progress_is_quiet_where_a_line_cannot_change() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    progress = Progress(stream, live=False, width=80)
    progress.show("queued")
    progress.note("no é\x1b[2J\n::error::")
    progress.clear()
    stream.seek(0)
    assert stream.read() == "jaxjudge: no \\xe9\\x1b[2J\\n::error::\n"
    Progress(None, live=True, width=80).show("queued")
