from __future__ import annotations

import sys
from xml.etree import ElementTree

import pytest

from graders.verdict import Moment
from harness.errors import UsageError
from harness.report.plot import draw

WAYS = [
    ("N = 2", [Moment(n, {"w": [n, 2 * n], "b": n}, {}, {}, True) for n in range(3)]),
    ("N = 3", [Moment(n, {"w": [0.5] * 20, "b": n}, {}, {}, True) for n in range(4)]),
]


def test_a_picture_is_drawn_in_the_form_asked_for() -> None:
    svg = draw(WAYS, "A loop", "svg")
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert draw(WAYS, "A loop", "svg") == svg
    assert draw(WAYS, "A loop", "png").startswith(b"\x89PNG")


def test_without_matplotlib_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install 'jaxjudge\[plot\]'"):
        draw(WAYS, "A loop", "svg")
