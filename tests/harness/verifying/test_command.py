"""`jaxjudge verify` in this process, with a judge that is running already."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import harness.verifying.command as module
from harness.engine import Engine
from harness.errors import MachineError, UsageError
from harness.verifying.command import chosen, default_form, run
from harness.verifying.verify import Verifier
from tests.harness.small import TOML
from tests.harness.verifying.conftest import Write


class _Kept:
    def __init__(self, judge: Engine) -> None:
        self.judge = judge

    def __call__(self, warm: bool) -> _Kept:
        return self

    def __enter__(self) -> Engine:
        return self.judge

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _judge(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Engine", _Kept(engine))


def test_a_sound_problem_is_verified(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(), ["total"], "terminal", "-") == 0
    out = capsys.readouterr().out
    assert out.startswith("✓ total\n")
    assert "told apart by" in out
    assert out.endswith("1 problem verified\n")


def test_documents_are_written_whole(write: Write, tmp_path: Path) -> None:
    library = write(TOML.replace("level =", "levle ="))
    report, junit, text = (tmp_path / f"found.{suffix}" for suffix in ("json", "xml", "txt"))
    assert run(library, ["total"], "json", str(report)) == 1
    assert json.loads(report.read_text())["good"] is False
    assert run(library, ["total"], "junit", str(junit)) == 1
    assert ElementTree.parse(junit).getroot().tag == "testsuites"
    assert run(library, ["total"], "terminal", str(text)) == 1
    assert text.read_text().startswith("✗ total\n")


def test_a_failing_machine_ends_with_its_own_code(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(self: Verifier, id: str) -> None:
        raise MachineError("no memory left")

    monkeypatch.setattr(Verifier, "verify", fail)
    assert run(write(), ["total"], "terminal", "-") == 3
    assert "no memory left" in capsys.readouterr().out


def test_the_problems_are_those_asked_for_or_all(write: Write) -> None:
    library = write()
    assert chosen(library, []) == ["total"]
    assert chosen(library, ["total", "total"]) == ["total"]
    with pytest.raises(UsageError, match="did you mean total"):
        chosen(library, ["totl"])


@pytest.mark.parametrize(
    ("form", "output", "expected"),
    [
        (None, "-", "terminal"),
        (None, "found.json", "json"),
        (None, "found.xml", "junit"),
        ("json", "found.xml", "json"),
    ],
)
def test_the_form_follows_the_outputs_name(form: str | None, output: str, expected: str) -> None:
    assert default_form(form, output) == expected


def test_a_terminal_sees_how_far_it_is(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    assert run(write(), ["total"], "json", "-") == 0
    assert "verifying total" in screen.getvalue()
