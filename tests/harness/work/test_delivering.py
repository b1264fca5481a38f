from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.store.hooks import Due
from harness.work import delivering
from harness.work.delivering import Undelivered, deliver, is_public, signature, unfit

SECRET = "jjw_secret"
BODY = '{"event": "test"}'


class Receiver(ThreadingHTTPServer):
    """Something that webhooks lead to, with what came and what it answers."""

    answer = 204
    headers: tuple[tuple[str, str], ...] = ()

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.came: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?a=1"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.came.append(({**headers, ":path": self.path}, body))
        self.send_response(self.server.answer)
        for name, value in self.server.headers:
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def receiving() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def send(url: str, inside: bool = True) -> str:
    due = Due("d1", "w1", url, SECRET, BODY, 1)
    return asyncio.run(deliver(due, inside))


def failure(url: str) -> str:
    """Why something does not arrive."""
    with pytest.raises(Undelivered) as caught:
        send(url)
    return str(caught.value)


def test_what_is_sent_is_signed() -> None:
    with receiving() as server:
        assert send(server.url) == "204"
    ((headers, body),) = server.came
    assert body == BODY.encode()
    assert headers[":path"] == "/hook?a=1"
    assert headers["host"] == f"127.0.0.1:{server.server_port}"
    assert headers["x-jaxjudge-event"] == "test"
    assert headers["x-jaxjudge-delivery"] == "d1"
    at, _, code = headers["x-jaxjudge-signature"].removeprefix("t=").partition(",v1=")
    signed = hmac.new(SECRET.encode(), f"{at}.{BODY}".encode(), hashlib.sha256)
    assert code == signed.hexdigest()
    assert headers["x-jaxjudge-signature"] == signature(SECRET, int(at), body)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_only_success_is_an_arrival(status: int) -> None:
    with receiving() as server:
        server.answer = status
        server.headers = (("Location", server.url), ("Set-Cookie", "a=b"))
        with pytest.raises(Undelivered, match=f"answered {status}"):
            send(server.url)
    assert len(server.came) == 1  # where it is redirected to, nothing is sent


def test_nothing_is_sent_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as server:
        for url in (server.url, server.url.replace("127.0.0.1", "localhost")):
            with pytest.raises(Undelivered, match="inside"):
                send(url, inside=False)
        addresses = [(0, 0, 0, "", ("8.8.8.8", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
        _resolve(monkeypatch, addresses)  # one that is public does not make up for the other
        with pytest.raises(Undelivered, match="inside"):
            send("http://example.org/", inside=False)
    assert server.came == []


def test_what_was_checked_is_where_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as server:
        port = server.server_port
        dead = (0, 0, 0, "", ("127.0.0.9", port))  # nobody listens there
        _resolve(monkeypatch, [dead, (0, 0, 0, "", ("127.0.0.1", port))])
        assert send(f"http://example.org:{port}/") == "204"
    ((headers, _),) = server.came
    assert headers["host"] == f"example.org:{port}"


def _resolve(monkeypatch: pytest.MonkeyPatch, addresses: list[Any]) -> None:
    async def resolve(*_: Any, **__: Any) -> list[Any]:
        return addresses

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", resolve)


def test_who_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        assert "no answer within" in failure(url)
    assert "ConnectError" in failure(url)


def test_who_speaks_no_tls_gets_nothing_by_https() -> None:
    with receiving() as server, pytest.raises(Undelivered, match="ConnectError"):
        send(server.url.replace("http://", "https://"))
    assert server.came == []
    assert delivering._trust().verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


def test_addresses_that_are_public() -> None:
    for address in ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"):
        assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_in_another_is_judged_as_itself(address: IPv4Address) -> None:
    assert is_public(ip_address(f"::ffff:{address}")) == is_public(address)
    assert is_public(ip_address(f"64:ff9b::{address}")) == is_public(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/" + "a" * 500, "at most 500"),
        ("https://exämple.org/", "ASCII"),
        ("https://example.org/a b", "ASCII"),
        ("https://example.org:port/", "no URL"),
        ("file:///etc/passwd", "neither"),
        ("https:///path", "no host"),
        ("https://me@example.org/", "password"),
        ("http://[::1]/", "inside"),
        ("http://192.168.0.1/", "inside"),
        ("https://example.org:8443/a?b=c", ""),
    ],
)
def test_urls_that_will_not_do_are_told_why(url: str, why: str) -> None:
    assert why in unfit(url, inside=False)
    assert bool(why) == bool(unfit(url, inside=False))


def test_inside_may_be_allowed() -> None:
    assert unfit("http://192.168.0.1/", inside=True) == ""
