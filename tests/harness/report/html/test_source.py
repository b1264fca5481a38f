from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.report.html.source import lines
from harness.report.text import clean


@given(st.text())
def test_there_is_one_piece_a_line_and_nothing_is_markup(text: str) -> None:
    found = lines(text.encode("utf-8", "replace"))
    text = text.encode("utf-8", "replace").decode()
    expected = clean(text).split("\n")
    assert len(found) == len(expected) - (expected[-1] == "")
    assert all(each.count("<span") == each.count("</span>") for each in found)
    assert all(each.count("<") == each.count("<span") * 2 for each in found)


def test_a_span_over_lines_is_closed_in_each() -> None:
    first, second = lines(b'"""one\ntwo"""\n')
    assert first.startswith("<span")
    assert first.endswith("</span>")
    assert second.startswith("<span")
    assert "one" in first
    assert "two" in second


def test_bytes_that_are_no_text_are_spelled_out() -> None:
    assert "xff" in lines(b"a = '\xff'")[0]


def test_without_pygments_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygments", None)
    with pytest.raises(UsageError, match="html"):
        lines(b"")
