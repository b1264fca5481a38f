"""The command: results as they are on disk, and what is said of broken ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import harness.comparing as module
from harness.__main__ import main
from harness.report import jsondoc
from harness.report.document import Report, Ungraded
from tests.harness.report.compared.test_compared import WRONG, report

GOOD = report("a.py")
BAD = report("a.py", WRONG, 40)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    write("good.jsonl", GOOD, report("b.py"))
    write("bad.jsonl", BAD, report("b.py"))
    return tmp_path


def document(entry: Report | Ungraded) -> dict[str, Any]:
    return jsondoc.to_document(entry) if isinstance(entry, Report) else jsondoc.ungraded(entry)


def write(path: str, *entries: Report | Ungraded) -> None:
    Path(path).write_text("".join(jsondoc.compact(document(entry)) for entry in entries))


@pytest.mark.parametrize(
    ("old", "new", "code", "last"),
    [
        ("good", "good", 0, "Compared 2 submissions: 2 unchanged\n"),
        ("bad", "good", 0, "Compared 2 submissions: 1 gained, 1 unchanged\n"),
        ("good", "bad", 1, "Compared 2 submissions: 1 lost, 1 unchanged\n"),
    ],
)
def test_the_exit_code_says_whether_something_was_lost(
    here: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, code: int, last: str
) -> None:
    assert main(["compare", f"{old}.jsonl", f"{new}.jsonl"]) == code
    said = capsys.readouterr()
    assert said.out.endswith(last)
    assert said.err == ""


def test_files_are_written_as_their_suffix_says(here: Path) -> None:
    for name, start in (("out.json", "{"), ("out.md", "Compared 2"), ("out.txt", "Lost")):
        assert main(["compare", "good.jsonl", "bad.jsonl", "-o", name]) == 1
        assert Path(name).read_text().startswith(start)
    assert main(["compare", "good.jsonl", "bad.jsonl", "-f", "json", "-o", "out.txt"]) == 1
    assert json.loads(Path("out.txt").read_text())["good"] is False


@pytest.mark.parametrize("output", ["good.jsonl", "bad.jsonl", "nowhere/out.json"])
def test_an_output_that_would_do_harm_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    before = Path("good.jsonl").read_text()
    assert main(["compare", "good.jsonl", "bad.jsonl", "-o", output]) == 2
    assert f"cannot write {output}: " in capsys.readouterr().err
    assert Path("good.jsonl").read_text() == before


LINE = jsondoc.compact(document(GOOD)).encode()


@pytest.mark.parametrize(
    ("content", "number", "said"),
    [
        (LINE[:200], 1, "where the file is cut off"),
        (LINE + LINE[:200] + b"\n", 2, "expected a JSON document as jaxjudge grade"),
        (LINE + b"\n", 2, "expected a JSON document as jaxjudge grade"),
        (LINE + b"[1]\n", 2, "expected a JSON object"),
        (LINE + b'{"schema": "jaxjudge.view/1"}\n', 2, "expected the schema jaxjudge.report/1"),
        (LINE.replace(b'"checks"', b'"chekcs"'), 1, "'checks'"),
        (LINE + b"\xff\xfe\n", 2, "expected UTF-8 text"),
        (LINE + b"[" * 100_000 + b"\n", 2, "nested too deeply"),
        (LINE.replace(b'"score":100', b'"score":NaN'), 1, "expected numbers, found NaN"),
        (LINE.replace(b'"score":100', b'"score":"inf"'), 1, "finite"),
        (LINE + LINE, 2, "a.py is there twice for sums"),
    ],
)
def test_a_broken_line_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], content: bytes, number: int, said: str
) -> None:
    Path("broken.jsonl").write_bytes(content)
    for files in (["good.jsonl", "broken.jsonl"], ["broken.jsonl", "good.jsonl"]):
        assert main(["compare", *files]) == 2
        error = capsys.readouterr().err
        assert error.startswith(f"jaxjudge: error: broken.jsonl:{number}: ")
        assert said in error
        assert error.count("\n") == 1


def test_a_line_without_an_end_is_not_read_whole(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LINE_LIMIT", 1 << 20)
    Path("broken.jsonl").write_bytes(b" " * (1 << 20) + b"{}\n")
    assert main(["compare", "broken.jsonl", "good.jsonl"]) == 2
    assert "broken.jsonl:1: expected at most 1 MiB in a line" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    assert main(["compare", "good.jsonl", path]) == 2
    assert f"cannot read {path}: " in capsys.readouterr().err


def test_the_last_line_needs_no_end(here: Path) -> None:
    Path("whole.jsonl").write_bytes(LINE.rstrip(b"\n"))
    assert list(module.load("whole.jsonl").standings) == [("a.py", "sums")]
