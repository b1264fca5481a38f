from __future__ import annotations

import io
import sys

import pytest

from harness import debug


def _shown(monkeypatch: pytest.MonkeyPatch, error: Exception, value: str | None = "1") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.delenv(debug.VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(debug.VARIABLE, value)
    debug.show(error)
    stream.seek(0)
    return stream.read()


def test_an_exception_is_shown_with_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ValueError("the effect")
    error.__cause__ = KeyError("the cause")
    shown = _shown(monkeypatch, error)
    assert shown.index("KeyError: 'the cause'") < shown.index("ValueError: the effect")


@pytest.mark.parametrize("value", [None, "", "0"])
def test_nobody_who_did_not_ask_is_shown_anything(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    assert _shown(monkeypatch, ValueError("no"), value) == ""


def test_what_is_shown_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\\x1b[2J\\u202e \\xe9" in _shown(monkeypatch, ValueError("\x1b[2J\u202e \xe9"))


def test_without_standard_error_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(debug.VARIABLE, "1")
    monkeypatch.setattr(sys, "stderr", None)
    debug.show(ValueError("no"))
    assert capsys.readouterr().out == ""
