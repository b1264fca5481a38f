from __future__ import annotations

import pytest

from harness.web.pages.agents import browser

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "known"),
    [
        ("Mozilla/5.0 (Android 16; Mobile; rv:145.0) Firefox/145.0", "Firefox on Android"),
        (
            f"Mozilla/5.0 (X11; Linux x86_64) {_WEBKIT} Chrome/142.0 Safari/537.36",
            "Chrome on Linux",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {_WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Firefox/1.0", "Firefox"),
        ("python-requests/2.32", "python-requests/2.32"),
        ("x" * 100, "x" * 60 + "…"),
    ],
)
def test_a_browser_is_told_as_people_know_it(agent: str, known: str) -> None:
    assert browser(agent) == known
