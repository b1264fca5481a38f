"""Answers that a good server does not give, or seldom: what is made of them."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable

import httpx2
import pytest

from harness.errors import JudgeError, MachineError
from harness.remote import exchange
from harness.remote.client import Client, path
from harness.remote.exchange import Later, Refused
from harness.remote.shapes import Handed, Offer, fit, items
from tests.harness.remote.conftest import Slept

URL = "https://judge.example.org"
BUSY = {"error": {"code": "busy", "message": "the queue is full", "fields": {}}}


def client(answer: Callable[[httpx2.Request], httpx2.Response]) -> tuple[Client, list[str]]:
    """A client of a server that answers so, and what the client gives notice of."""
    notices: list[str] = []
    headers = {"Authorization": "Bearer jjt_x"}
    http = httpx2.Client(
        transport=httpx2.MockTransport(answer), base_url=URL + exchange.API, headers=headers
    )
    return Client(http, notice=notices.append), notices


def _in_turn(*answers: httpx2.Response | Exception) -> Callable[[httpx2.Request], httpx2.Response]:
    left = list(answers)

    def answer(request: httpx2.Request) -> httpx2.Response:
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    return answer


def test_a_busy_server_is_asked_again_when_it_says_so(slept: Slept) -> None:
    busy = httpx2.Response(429, headers={"Retry-After": "30"}, json=BUSY)
    asking, notices = client(_in_turn(busy, busy, httpx2.Response(201, json={"id": "1"})))
    assert asking.post("/submissions", {}, "key") == {"id": "1"}
    assert slept.seconds == [30.0, 30.0]
    assert notices == [f"{URL} is busy: the queue is full; trying again in 30 s"] * 2


def test_a_lost_connection_is_tried_again_for_a_while(slept: Slept) -> None:
    lost = httpx2.ReadError("")
    asking, notices = client(_in_turn(lost, httpx2.Response(502), httpx2.Response(200, json=[1])))
    assert asking.get("/me") == [1]
    assert slept.seconds == [0.5, 1.0]
    assert notices[0] == f"cannot reach {URL}: the connection was lost; trying again at once"
    asking, _ = client(_in_turn(*[lost] * 20))
    with pytest.raises(Later, match="the connection was lost"):
        asking.get("/me")
    assert 7 < sum(slept.seconds) < 10


def test_a_server_that_is_busy_for_long_is_given_up(slept: Slept) -> None:
    busy = httpx2.Response(503, headers={"Retry-After": "9999"}, json=BUSY)
    asking, _ = client(_in_turn(*[busy] * 3))
    with pytest.raises(Later, match="the queue is full"):
        asking.get("/me")
    assert slept.seconds == [600.0]


def _caused_by(cause: Exception) -> Exception:
    error = httpx2.ConnectError("no")
    error.__cause__ = cause
    return error


_BAD_CERTIFICATE = ssl.SSLCertVerificationError("no")
_BAD_CERTIFICATE.verify_message = "self-signed certificate"
_BAD_TLS = ssl.SSLError(1, "no")
_BAD_TLS.reason = "WRONG_VERSION_NUMBER"


@pytest.mark.parametrize(
    ("answer", "said", "code"),
    [
        (_caused_by(_BAD_CERTIFICATE), f"cannot trust {URL}: self-signed certificate", 3),
        (_caused_by(_BAD_TLS), "does not speak TLS as it should: WRONG_VERSION_NUMBER", 3),
        (_caused_by(socket.gaierror()), "there is no host of that name", 3),
        (httpx2.ConnectTimeout(""), "no answer in time", 3),
        (_caused_by(ConnectionRefusedError(111, "Connection refused")), "connection refused", 3),
        (httpx2.DecodingError("bad gzip"), "bad gzip", 3),
        (httpx2.Response(302, headers={"location": "https://evil"}), "status 302 without", 3),
        (httpx2.Response(200, text="<html>"), "no jaxjudge server, or an older or newer", 3),
        (httpx2.Response(200, text="[" * 100_000), "status 200 without a document", 3),
        (httpx2.Response(404, html="<html>"), "(status 404: no reason)", 3),
        (httpx2.Response(400, text="no such host\n"), "(status 400: no such host)", 3),
        (httpx2.Response(500, json={"error": {"message": "oh"}}), "failed: oh", 3),
        (httpx2.Response(501), "failed: status 501", 3),
        (httpx2.Response(401, json=BUSY), f"any more: jaxjudge login {URL}", 2),
        (httpx2.Response(403, json=BUSY), f"{URL} says: the queue is full", 2),
    ],
)
def test_what_is_wrong_is_one_line(
    slept: Slept, answer: httpx2.Response | Exception, said: str, code: int
) -> None:
    asking, _ = client(_in_turn(*[answer] * 20))
    with pytest.raises(JudgeError) as caught:
        asking.get("/me")
    assert said in str(caught.value)
    assert caught.value.exit_code == code
    assert "\n" not in str(caught.value)


def test_no_answer_is_read_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_ANSWER_LIMIT", 1 << 20)
    asking, _ = client(_in_turn(httpx2.Response(200, content=b" " * (2 << 20))))
    with pytest.raises(MachineError, match="more than 1 MiB"):
        asking.get("/me")


def test_a_refusal_keeps_the_servers_word_for_it() -> None:
    asking, _ = client(_in_turn(httpx2.Response(409, json=BUSY)))
    with pytest.raises(Refused) as caught:
        asking.delete(path("tokens", "a/../b"))
    assert caught.value.code == "busy"


def test_nothing_in_a_path_leads_elsewhere() -> None:
    assert path("tokens", "a/../b?c#d", "") == "/tokens/a%2F..%2Fb%3Fc%23d/"


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx2", None)
    with pytest.raises(JudgeError, match=r"pip install 'jaxjudge\[client\]'"):
        Client.of(URL)


@pytest.mark.parametrize(
    "document",
    [None, [], {"items": 1}, {"items": [], "next": 3}, {"items": [{"id": 3}], "next": None}],
)
def test_a_list_that_does_not_fit_is_said_so(document: object) -> None:
    with pytest.raises(MachineError, match="answers otherwise than jaxjudge"):
        items(URL, Offer, document)


def test_what_a_newer_server_says_more_is_left_out() -> None:
    more = {"id": "scan_cumsum", "entry": "cumulative_sum", "colour": "green"}
    assert items(URL, Offer, {"items": [more], "next": "c"}) == (
        [Offer("scan_cumsum", "cumulative_sum")],
        "c",
    )
    with pytest.raises(MachineError, match="created_at: Field required"):
        fit(URL, Handed, {"id": "1", "problem": "p", "name": "n", "state": "done"})
