"""Reports as `submit` and `grade` write them, also when something ends the process."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from harness.__main__ import main
from harness.grading.collect import named_in

SAMPLES = Path(__file__).parents[3] / "submissions" / "scan_training_step"
GRAD = (SAMPLES / "accepted" / "grad.py").read_text()
ENDLESS = "def scan_training_step(w, lr, x_batches, y_batches):\n    while True:\n        pass\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ann.py").write_text(GRAD)
    (tmp_path / "class" / "bob.py").write_text("")
    return tmp_path


def _junit(path: Path) -> dict[str, str]:
    root = ElementTree.parse(path).getroot()
    return {name: root.get(name, "") for name in ("tests", "failures", "errors")}


def _lines(path: Path) -> dict[str, Any]:
    documents = map(json.loads, path.read_text().splitlines())
    return {each["submission"]["name"]: each for each in documents}


def test_several_reports_of_one_submission(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["junit=junit.xml", "markdown=report.md", "jsonl=lines.jsonl", "html=page.html"]
    options = [text for each in asked for text in ("--report", each)]
    assert main(["submit", "class/ann.py", *options, "--report", "github"]) == 0
    assert _junit(here / "junit.xml") == {"tests": "2", "failures": "0", "errors": "0"}
    assert "accepted" in (here / "report.md").read_text()
    assert _lines(here / "lines.jsonl")["class/ann.py"]["program"]["rows"]
    assert "<math" in (here / "page.html").read_text()
    start, *_, end = capsys.readouterr().out.splitlines()
    assert start == f"::stop-commands::{end.strip(':')}"


def test_the_answer_in_a_folder_is_reported_by_its_name(here: Path) -> None:
    assert main(["submit", "class", "--report", "jsonl=lines.jsonl"]) == 0
    assert list(_lines(here / "lines.jsonl")) == ["class/ann.py"]


@pytest.mark.parametrize(
    ("file", "kind"),
    [("class/bob.py", "file"), ("nowhere.py", "file"), ("class/ann.py", "judge")],
)
def test_what_is_not_judged_is_reported_as_whose_fault_it_is(
    here: Path, file: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "judge":
        monkeypatch.setenv("JAXJUDGE_PROBLEMS", "nowhere")
    assert main(["submit", file, "--report", "jsonl=lines.jsonl"]) == 2
    assert _lines(here / "lines.jsonl")[file]["error"]["kind"] == kind


def test_a_class_is_reported_in_the_order_of_its_files(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--report", "jsonl=lines.jsonl", "--report", "junit=-"]
    assert main(["grade", "class", *options]) == 1
    assert list(_lines(here / "lines.jsonl")) == ["class/ann.py", "class/bob.py"]
    root = ElementTree.fromstring(capsys.readouterr().out)
    assert [suite.get("failures") for suite in root] == ["0", "1"]


def test_files_may_be_named_by_another_program(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "helper.py").write_text("x = 1\n")
    names = io.BytesIO(b"helper.py\0class/ann.py\0")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=names))
    options = ["--files-from", "-", "--answers-only", "--report", "jsonl=lines.jsonl"]
    assert main(["grade", *options]) == 0
    assert list(_lines(here / "lines.jsonl")) == ["class/ann.py"]


def test_where_no_file_is_an_answer_nothing_is_said(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "names").write_text("class/bob.py\n")
    options = ["--files-from", "names", "--answers-only", "--report", "junit=junit.xml"]
    assert main(["grade", *options]) == 0
    assert capsys.readouterr().err == "There is nothing to grade.\n"
    assert not (here / "junit.xml").exists()
    (here / "names").write_text("")
    assert main(["grade", "--files-from", "names"]) == 0


def test_names_end_with_lines_or_with_nul(here: Path) -> None:
    (here / "names").write_bytes(b"a.py\n b\xff.py\n\n")
    assert named_in("names") == ["a.py", os.fsdecode(b" b\xff.py")]
    (here / "names").write_bytes(b"a\nb.py\0c.py\0")
    assert named_in("names") == ["a\nb.py", "c.py"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("verb", ["submit", "grade"])
def test_what_ends_the_process_leaves_complete_reports_that_fail(
    here: Path, verb: str, number: signal.Signals
) -> None:
    (here / "class" / "bob.py").write_text(ENDLESS)
    path = "class/bob.py" if verb == "submit" else "class"
    reports = ["--report", "junit=junit.xml", "--report", "jsonl=lines.jsonl"]
    command = [sys.executable, "-m", "harness", verb, path, *reports]
    with subprocess.Popen(command, stdout=-1, stderr=-1, start_new_session=True) as process:
        while not (here / "lines.jsonl").exists():
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(0.5)
        process.send_signal(number)
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode in (130, 143, -9)
    found = _lines(here / "lines.jsonl")
    assert found["class/bob.py"]["error"]["message"].startswith("not judged: the judge was")
    assert len(found) == (1 if verb == "submit" else 2)
    assert int(_junit(here / "junit.xml")["errors"]) >= 1
    assert sorted(os.listdir(here)) == ["class", "junit.xml", "lines.jsonl"]
