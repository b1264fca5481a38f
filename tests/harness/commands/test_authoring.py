"""Commands for authors, typed in this process, with a judge that is running already."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import harness.engine
import harness.verifying.command
from harness.__main__ import main
from harness.engine import Engine


class _Kept:
    def __init__(self, judge: Engine) -> None:
        self.judge = judge

    def __call__(self, warm: bool = False) -> _Kept:
        return self

    def __enter__(self) -> Engine:
        return self.judge

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _judge(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    handler = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(harness.engine, "Engine", _Kept(engine))
    monkeypatch.setattr(harness.verifying.command, "Engine", _Kept(engine))
    monkeypatch.setattr("harness.explaining.Engine", _Kept(engine))
    yield
    signal.signal(signal.SIGTERM, handler)


def test_a_preview_shows_task_numbers_and_batches(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    picture = tmp_path / "carry.svg"
    assert main(["preview", "scan_cumsum", "--plot", str(picture)]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("# ")
    assert "also compared as rational numbers" in shown.out
    assert picture.read_text().startswith("<?xml")
    assert "Wrote" in shown.err


def test_what_cannot_be_drawn_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["preview", "fori_power", "--plot", str(tmp_path / "a.svg")]) == 2
    shown = capsys.readouterr()
    assert "fori_power has no scan whose carry could be drawn" in shown.err
    assert shown.out == ""
    assert main(["preview", "fori_power", "--plot", "a.gif"]) == 2
    assert "expected a PATH in .svg or .png" in capsys.readouterr().err


def test_a_program_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    file = "submissions/scan_cumsum/accepted"
    path = next(iter(sorted((Path(__file__).parents[3] / file).glob("*.py"))))
    assert main(["explain", str(path), "--problem", "scan_cumsum", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["loops"]


def test_verifying_writes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "problems" / "broken"
    package.mkdir(parents=True)
    (package / "problem.toml").write_text("entry = 1\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAXJUDGE_PROBLEMS", str(package.parent))
        assert main(["verify", "broken", "--output", str(tmp_path / "found.json")]) == 1
    assert json.loads((tmp_path / "found.json").read_text())["good"] is False
    assert capsys.readouterr().out == ""
