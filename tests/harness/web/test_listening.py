from __future__ import annotations

import socket

import pytest

from harness.errors import UsageError
from harness.web.listening import base, bind


def test_a_port_that_is_taken_is_said() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as raised:
            bind("127.0.0.1", port)
    assert str(raised.value) == (
        f"cannot listen on 127.0.0.1 port {port}: address already in use; choose another one with "
        "--port"
    )


def test_an_address_that_is_not_this_machines_is_said() -> None:
    with pytest.raises(UsageError, match=r"cannot listen on 192\.0\.2\.1 port 80: [^;]*$"):
        bind("192.0.2.1", 80)


@pytest.mark.parametrize(
    ("url", "host", "expected"),
    [
        (None, "127.0.0.1", "http://127.0.0.1:8000"),
        (None, "::1", "http://[::1]:8000"),
        ("https://Judge.example.org/", "0.0.0.0", "https://judge.example.org"),
        ("https://judge.example.org:443", "::", "https://judge.example.org"),
        ("http://[::1]:81", "::1", "http://[::1]:81"),
    ],
)
def test_the_address_is_as_browsers_write_it(url: str | None, host: str, expected: str) -> None:
    assert base(url, host, 8000) == expected


@pytest.mark.parametrize(
    "url", ["judge.example.org", "ftp://a", "https://", "http://a/b", "http://a?b", "http://a:b"]
)
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(UsageError, match="expected an address such as https://judge"):
        base(url, "127.0.0.1", 8000)


def test_who_listens_everywhere_says_where() -> None:
    with pytest.raises(UsageError, match=f"--url http://{socket.gethostname()}:8000"):
        base(None, "0.0.0.0", 8000)
