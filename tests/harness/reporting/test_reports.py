"""Reports as lines of JSON, the simplest kind, and what must hold for all kinds."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from graders.verdict import Judgement, Verdict
from harness.errors import Diagnostic, MachineError, ProblemError, UsageError
from harness.report import jsondoc
from harness.report.document import Isolation, Output, Report, Ungraded
from harness.report.formats import github, html, jsonl
from harness.report.results import Results
from harness.reporting.reports import Reports
from harness.reporting.request import Request

KILLED = "not judged: the judge was ended before it had finished"
REPORT = Report(
    problem="scan_training_step",
    problem_version="1",
    name="ann.py",
    sha256="ab" * 32,
    judgement=Judgement(Verdict.ACCEPTED, ()),
    isolation=Isolation("strict"),
    output=Output(),
    timings={"total": 0.1},
    versions={},
)
ANN = jsondoc.to_document(REPORT)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "results.jsonl"


def _said(path: Path) -> list[str]:
    documents = map(json.loads, path.read_text().splitlines())
    return [each.get("verdict") or each["error"]["message"] for each in documents]


def _asked(path: Path) -> list[Request]:
    return [Request("jsonl", str(path))]


def test_a_report_is_there_from_the_first_moment(path: Path) -> None:
    with Reports(_asked(path), ["class"]) as reports:
        assert _said(path) == [KILLED]
        reports.expect("bob.py", "ann.py")
        assert _said(path) == [KILLED] * 2
        reports.add(ANN)
        reports.add(jsondoc.ungraded(Ungraded("bob.py", "file", "bob.py is empty")))
        assert _said(path) == [KILLED] * 2
    assert _said(path) == ["bob.py is empty", "accepted"]
    assert sorted(os.listdir(path.parent)) == ["results.jsonl"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), "not judged: the judge was interrupted"),
        (SystemExit(143), "not judged: the judge was told to end"),
        (MachineError("no \x1bmemory"), "not judged: no \\x1bmemory"),
        (ZeroDivisionError("oh"), "not judged: inside the judge: ZeroDivisionError: oh"),
    ],
)
def test_what_ends_a_run_is_said_of_all_it_left(
    path: Path, error: BaseException, said: str
) -> None:
    def run() -> None:
        with Reports(_asked(path), ["ann.py", "bob.py"]) as reports:
            reports.add(ANN)
            raise error

    with pytest.raises(type(error)):
        run()
    assert _said(path) == ["accepted", said]


def test_a_run_may_stop_without_an_error(path: Path) -> None:
    with Reports(_asked(path), ["ann.py"]) as reports:
        reports.stopped(KeyboardInterrupt())
    assert _said(path) == ["not judged: the judge was interrupted"]
    with Reports(_asked(path), ["ann.py"]):
        pass
    assert _said(path) == ["not judged: its results were not read to the end"]


def test_where_nothing_is_judged_nothing_is_left(path: Path) -> None:
    kept = path.with_name("kept")
    kept.write_text("before\n")
    asked = [*_asked(path), Request("jsonl", str(kept), appended=True)]
    with Reports(asked, []) as reports:
        assert kept.read_text() == "before\n\n"
        reports.withdraw()
    assert not path.exists()
    assert kept.read_text() == "before\n"


def test_what_was_there_is_there_again_where_nothing_is_judged(path: Path) -> None:
    old, link = path.with_name("old"), path.with_name("link")
    old.write_text("old")
    link.symlink_to("aim")
    os.mkfifo("pipe")
    asked = [Request("jsonl", name) for name in ("old", "link", "pipe")]
    with Reports(asked, ["ann.py"]) as reports:
        assert _said(old) == _said(link) == [KILLED]
        reports.withdraw()
    assert old.read_text() == "old"
    assert sorted(os.listdir()) == ["link", "old", "pipe"]


@pytest.mark.parametrize("named", [True, False])
def test_a_pipe_gets_one_report_at_the_end(path: Path, named: bool) -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    path.symlink_to(f"/dev/fd/{writer}")
    asked = [Request("jsonl", str(path) if named else f"/dev/fd/{writer}")]
    with Reports(asked, ["ann.py"]) as reports:
        with pytest.raises(BlockingIOError):
            os.read(reader, 1)
        reports.add(ANN)
    assert json.loads(os.read(reader, 1 << 16)) == ANN
    os.close(reader)
    os.close(writer)


def test_what_cannot_be_written_in_the_end_is_the_machines_fault(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [Request("jsonl", "/dev/full"), *_asked(path)]
    with pytest.raises(MachineError, match="no space left"), Reports(asked, ["ann.py"]) as reports:
        reports.add(ANN)
    assert _said(path) == ["accepted"]


def test_files_of_which_the_names_look_the_same_have_a_result_each(path: Path) -> None:
    wrong = {**ANN, "verdict": "wrong_answer"}
    names = ["a\x1b.py", "a\\x1b.py", "a\\x1b.py"]
    with Reports(_asked(path), names) as reports:
        for document in (wrong, ANN):
            reports.add(jsondoc.named(document, "a\x1b.py"))
    assert _said(path)[:2] == ["wrong_answer", "accepted"]
    assert _said(path)[2].startswith("not judged")


def test_an_interrupt_in_the_beginning_leaves_no_report_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, asked = jsonl.render, [Request("jsonl", name) for name in ("one", "two")]

    def render(results: Results) -> str:
        monkeypatch.setattr(jsonl, "render", good)
        raise KeyboardInterrupt

    monkeypatch.setattr(jsonl, "render", render)
    with pytest.raises(KeyboardInterrupt), Reports(asked, ["ann.py"]):
        pass
    for request in asked:
        assert _said(Path(request.path)) == ["not judged: the judge was interrupted"]


def test_learners_are_not_told_of_an_authors_files(path: Path) -> None:
    problem = ProblemError([Diagnostic(path / "reference.py", 3, "", "it does not run")])
    told = "1 mistake in the problem package; whoever runs the judge can see which"

    def run() -> None:
        with Reports(_asked(path), ["ann.py", "bob.py"]) as reports:
            reports.add(jsondoc.ungraded(Ungraded("ann.py", "judge", str(problem))))
            raise problem

    with pytest.raises(ProblemError):
        run()
    assert _said(path) == [told, f"not judged: {told}"]
    with pytest.raises(FileNotFoundError), Reports(_asked(path), ["ann.py"]):
        path.with_name("nothing").read_bytes()
    assert _said(path) == [
        "not judged: inside the judge: FileNotFoundError: no such file or directory"
    ]


def test_nothing_in_a_report_on_standard_output_is_a_command(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = {"stdout": "::error::a\n##vso[task.complete result=Succeeded;]", "stderr": ""}
    wrong = {**ANN, "verdict": "wrong_answer", "output": {**output, "truncated": False}}
    for kind in ("html", "markdown"):
        with Reports([Request(kind, "-")], ["ann.py"]) as reports:
            reports.add(wrong)
        shown = capsys.readouterr().out.splitlines()
        assert any(":error::a" in line for line in shown)
        assert not any(line.lstrip().startswith("::") or "##vso[" in line for line in shown)


def test_what_a_file_had_is_kept_where_a_report_is_appended(path: Path) -> None:
    path.write_text("before")
    asked = [Request("classroom", str(path), appended=True)]
    with Reports(asked, ["ann.py"]) as reports:
        reports.add(ANN)
    before, after = path.read_text().splitlines()
    assert (before, after[:7]) == ("before", "result=")
    path.unlink()
    with Reports(asked, ["ann.py"]) as reports:
        reports.add(ANN)
    assert path.read_text().splitlines() == [after]


def test_standard_output_gets_a_report_at_the_end(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Reports([Request("jsonl", "-")], ["ann.py"]) as reports:
        assert reports.aloud
        reports.add(ANN)
    assert json.loads(capsys.readouterr().out) == ANN
    with Reports([], ["ann.py"]) as reports:
        assert not reports.aloud
        reports.add(ANN)
    assert capsys.readouterr().out == ""


def test_what_is_printed_meanwhile_is_no_command(
    path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    tokens = []
    for _ in range(2):
        with Reports([Request("github", "")], ["bob.py"]) as reports:
            print("::error::from a submission")
            reports.add(jsondoc.ungraded(Ungraded("bob.py", "file", "bob.py is empty")))
        start, between, end, *annotations = capsys.readouterr().out.splitlines()
        assert start == f"::stop-commands::{end.strip(':')}"
        assert between == "::error::from a submission"
        assert f"file={tmp_path.name}/bob.py" in annotations[0]
        tokens.append(end)
    assert tokens[0] != tokens[1]


@pytest.mark.parametrize("workspace", ["", "/nowhere/else"])
def test_without_a_workspace_around_paths_stay_as_they_are(
    path: Path, capsys: pytest.CaptureFixture[str], workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", workspace)
    with Reports([Request("github", "")], ["bob.py"]) as reports:
        reports.add(jsondoc.ungraded(Ungraded("bob.py", "file", "bob.py is empty")))
    assert "file=bob.py" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["ann.py", "other.py", "answer"])
def test_a_report_does_not_take_a_submissions_place(path: Path, name: str) -> None:
    path.with_name(name).write_text("mine")
    with (
        pytest.raises(UsageError, match="it is, or may be, a submission"),
        Reports([Request("jsonl", name)], ["ann.py", "answer"]),
    ):
        pass
    assert path.with_name(name).read_text() == "mine"


def test_a_place_that_cannot_be_written_is_said_at_once(path: Path) -> None:
    for place in (".", "no/results"):
        with (
            pytest.raises(UsageError, match="cannot write"),
            Reports([Request("jsonl", place)], []),
        ):
            pass


def _failing(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    good = module.render

    def render(results: Results) -> str:
        if "ended before" in results.unfinished:
            return str(good(results))
        raise ZeroDivisionError("in a renderer")

    monkeypatch.setattr(module, "render", render)


def test_one_report_that_fails_costs_no_other(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _failing(github, monkeypatch)
    asked = [Request("github", str(path.with_name("summary"))), *_asked(path)]
    with (
        pytest.raises(ZeroDivisionError, match="in a renderer"),
        Reports(asked, ["ann.py"]) as reports,
    ):
        reports.add(ANN)
    assert _said(path) == ["accepted"]
    with pytest.raises(KeyboardInterrupt), Reports(asked, ["ann.py"]):
        raise KeyboardInterrupt
    assert "ended before" in path.with_name("summary").read_text()


def test_a_report_for_people_has_the_statement(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Results] = []

    def render(results: Results) -> str:
        seen.append(results)
        return ""

    monkeypatch.setattr(html, "render", render)
    unknown: Any = {**ANN, "problem": {"id": "nothing", "version": "1"}}
    names: Sequence[str] = ["ann.py", "bob.py"]
    with Reports([Request("html", str(path))], names) as reports:
        assert reports.whole
        reports.add(ANN)
        reports.add({**unknown, "submission": {"name": "bob.py", "sha256": ""}})
    assert list(seen[-1].statements) == ["scan_training_step"]
    assert "lax.scan" in seen[-1].statements["scan_training_step"]


def test_lines_of_json_are_those_of_the_entries() -> None:
    entries = (REPORT, Ungraded("bob.py", "judge", "no memory"))
    results = Results(entries, datetime(2026, 1, 1, tzinfo=UTC), 1.0, "1")
    first, second = map(json.loads, jsonl.render(results).splitlines())
    assert first == ANN
    assert second == jsondoc.ungraded(entries[1])
