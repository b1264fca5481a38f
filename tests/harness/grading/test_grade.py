"""The command in this process: what it writes where, with real workers."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import pytest

import harness.grading.terms
from harness.__main__ import main
from harness.grading.terms import Terms

SAMPLES = Path(__file__).parents[3] / "submissions" / "scan_training_step"
GRAD = (SAMPLES / "accepted" / "grad.py").read_text()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann.py").write_text(GRAD)
    (folder / "bob.py").write_text("")
    return tmp_path


def test_lines_and_a_table_for_a_person(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", "class"]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert sorted(lines[:2])[0].startswith("✓ accepted              100/100 class/ann.py")
    assert sorted(lines[:2])[1].startswith("✗ not graded            -       class/bob.py: class/b")
    assert lines[3] == "Graded 2 files"
    assert said.err == ""


def test_a_document_a_line_for_programs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", "class", "--format", "jsonl", "--jobs", "1"]) == 1
    said = capsys.readouterr()
    ann, bob = map(json.loads, said.out.splitlines())
    assert (ann["verdict"], ann["submission"]["name"]) == ("accepted", "class/ann.py")
    assert bob["error"]["kind"] == "file"
    assert said.err == "Graded 2 files: 1 accepted, 1 not graded\n"


def test_a_file_is_written_as_its_suffix_says(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", "class/ann.py", "-o", "results.jsonl"]) == 0
    assert json.loads((here / "results.jsonl").read_text())["verdict"] == "accepted"
    assert main(["grade", "class/ann.py", "-o", "results.txt"]) == 0
    assert "Graded 1 file\n" in (here / "results.txt").read_text()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "Graded 1 file: 1 accepted\n" * 2


def test_what_was_judged_before_is_not_judged_again(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["grade", "class", "--cache", "kept", "--format", "jsonl", "--jobs", "1"]
    outputs, kept = [], here / "kept"
    for hints in ("0", "3"):
        assert main([*command, "--hints", hints]) == 1
        said = capsys.readouterr()
        outputs.append(said.out)
        counted = " (1 from the cache)" if hints == "3" else ""
        assert said.err == f"Graded 2 files{counted}: 1 accepted, 1 not graded\n"
    assert outputs[0] == outputs[1]
    (entry,) = kept.iterdir()
    entry.unlink()
    entry.mkdir()
    (here / "class" / "cy.py").write_text(GRAD)
    assert main([*command[:4], "--format", "terminal"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"jaxjudge: warning: not every report could be kept in {kept}: ")
    assert said.err.count("\n") == 1
    assert "Graded 3 files\n  accepted                   2  " in said.out


def test_a_folder_that_cannot_be_used_is_said_before_anything_is_judged(
    here: Path, capsys: pytest.CaptureFixture[str], cache_folder: Path
) -> None:
    for folder, said in (("class/ann.py", "not a folder"), (str(cache_folder), "another folder")):
        assert main(["grade", "class", "--cache", folder]) == 2
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1


def test_submissions_named_like_modules_are_not_imported(here: Path) -> None:
    text = f"import pathlib\npathlib.Path('imported').touch()\n{GRAD}"
    for name in ("json", "numpy", "harness", "sitecustomize"):
        (here / f"{name}.py").write_text(text)
    assert main(["grade", "class/ann.py"]) == 0
    assert not (here / "imported").exists()


@pytest.mark.parametrize(("most", "code"), [("basic", 3), ("strict", 0)])
def test_isolation_may_be_required(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    most: str,
    code: int,
) -> None:
    monkeypatch.setattr(harness.grading.terms, "Terms", partial(Terms, most=most))
    assert main(["grade", "class/ann.py", "--require-isolation", "strict"]) == code
    said = capsys.readouterr()
    if code:
        assert said.out == ""
        assert said.err.startswith("jaxjudge: error: isolation 'strict' is required")
        assert said.err.count("\n") == 1


def test_weaker_isolation_is_warned_of_once(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness.grading.terms, "Terms", partial(Terms, most="basic"))
    assert main(["grade", "class"]) == 1
    warning = "jaxjudge: warning: isolation is only basic; see: jaxjudge doctor\n"
    assert capsys.readouterr().err == warning
    assert main(["grade", "class", "--require-isolation", "basic"]) == 1
    assert capsys.readouterr().err == ""


def test_a_judge_that_cannot_start_writes_no_table(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert main(["grade", "class"]) == 3
    assert capsys.readouterr().out == ""
