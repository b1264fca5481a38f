from __future__ import annotations

import pytest

from harness.urls import origin, place


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://Judge.example.org/a", ("https", "judge.example.org", 443)),
        ("http://[::1]:8000", ("http", "::1", 8000)),
        ("http://a:x", None),
        ("null", ("", None, None)),
    ],
)
def test_an_origin_has_the_port_that_is_meant(url: str, found: object) -> None:
    assert origin(url) == found


def test_a_port_is_written_where_it_is_not_the_usual_one() -> None:
    assert place("https", "judge.example.org", 443) == "judge.example.org"
    assert place("http", "judge.example.org", 443) == "judge.example.org:443"
    assert place("http", "::1", None) == "[::1]"
