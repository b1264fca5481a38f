from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.remote.address import address, is_private


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://Judge.Example.org/", "https://judge.example.org"),
        (" https://judge.example.org:443/jax/ ", "https://judge.example.org/jax"),
        ("HTTP://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_an_address_has_one_form(given: str, expected: str) -> None:
    assert address(given) == expected
    assert address(expected) == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("judge.example.net", "such as https://judge.example.net"),
        ("my.py/x", "such as https://judge.example.org"),
        ("", "expected the URL of a server"),
        ("ftp://judge.example.org", "expected the URL of a server"),
        ("https://ada:secret@judge.example.org", "without a name"),
        ("https://judge.example.org/?a=1", "without a name, a query"),
        ("https://judge.example.org:port", "is no URL"),
        ("https://[::1", "is no URL"),
    ],
)
def test_what_is_no_address_is_refused(given: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        address(given)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = address(text)
    except UsageError:
        return
    assert address(found) == found


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://judge.example.org", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.5", True),
        ("http://[::1]:9", True),
        ("http://judge.example.org", False),
        ("http://localhost.example.org", False),
        ("http://10.0.0.1", False),
    ],
)
def test_only_this_machine_is_reached_in_private_without_encryption(
    url: str, private: bool
) -> None:
    assert is_private(url) is private
