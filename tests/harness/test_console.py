from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from harness import console
from harness.errors import MachineError


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def _stream(encoding: str = "utf-8", tty: bool = False) -> io.TextIOWrapper:
    return (_Terminal if tty else io.TextIOWrapper)(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("tty", "environment", "colour"),
    [
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "dumb"}, False),
        (True, {}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (False, {"TERM": "xterm"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    tty: bool, environment: dict[str, str], colour: bool
) -> None:
    assert console.look(_stream(tty=tty), environment).colour is colour


@pytest.mark.parametrize(
    ("environment", "width"),
    [({}, 80), ({"COLUMNS": "60"}, 60), ({"COLUMNS": "9"}, 40), ({"COLUMNS": "999"}, 100)],
)
def test_the_width_is_the_terminals_within_reason(environment: dict[str, str], width: int) -> None:
    assert console.look(_stream(tty=True), environment).width == width


def test_an_encoding_without_the_signs_gets_ascii() -> None:
    assert console.look(_stream("ascii"), {}).ascii
    assert console.look(_stream("latin-1"), {}).ascii
    assert not console.look(_stream("utf-8"), {}).ascii
    assert not console.look(None, {}).ascii


def test_what_cannot_be_encoded_is_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _stream("ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    console.write("naïve ✓\n")
    stream.seek(0)
    assert stream.read() == "na\\xefve \\u2713\n"


def test_a_closed_standard_output_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    console.write("text")


def test_a_reader_that_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        console.write("text")


def test_a_full_disk_is_the_machines_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        with pytest.raises(MachineError, match="no space left"):
            console.write("text")
