"""The command line in this process, with the judge itself replaced."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import harness.engine
from graders.verdict import CheckResult, Judgement, Status, Verdict
from harness.__main__ import main
from harness.cli import cli
from harness.errors import Diagnostic, MachineError, ProblemError
from harness.report.document import Isolation, Output, Report
from harness.sandbox.parent import Isolation as Offered

PROBLEM = "scan_training_step"
SOURCE = f"def {PROBLEM}(w, lr, x_batches, y_batches):\n    return w\n"
_CHECK = CheckResult("correctness", Status.PASSED, 60, 60, "All batches agree.")
ACCEPTED = Report(
    problem=PROBLEM,
    problem_version="1",
    name="my.py",
    sha256="0",
    judgement=Judgement(Verdict.ACCEPTED, (_CHECK,)),
    isolation=Isolation("confined"),
    output=Output(),
    timings={},
    versions={},
)


class _Engine:
    """Gives the report it was told to, or raises what it was told to; remembers its questions."""

    def __init__(self) -> None:
        self.answer: Report | BaseException = ACCEPTED
        self.asked: list[tuple[bytes, str, str]] = []
        self.required = ""
        self.found = Offered("strict", (), {})

    def __call__(self, require: str) -> _Engine:
        self.required = require
        return self

    def __enter__(self) -> _Engine:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def judge(
        self, source: bytes, name: str, problem: Any, samples: Sequence[Any], shown: bool
    ) -> Report:
        self.asked.append((source, name, problem.id))
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer

    def isolation(self) -> Offered:
        return self.found


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> _Engine:
    found = _Engine()
    monkeypatch.setattr(harness.engine, "Engine", found)
    return found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("JAXJUDGE_DEBUG", raising=False)
    (tmp_path / "my.py").write_text(SOURCE)
    return tmp_path


def _one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("jaxjudge: error: ")
    assert said.err.count("\n") == 1
    return said.err


def test_a_report_is_written_for_a_person(
    here: Path, judge: _Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["submit", "my.py"]) == 0
    assert judge.asked == [(SOURCE.encode(), "my.py", PROBLEM)]
    assert capsys.readouterr().out.startswith(f"✓ accepted  60/60  {PROBLEM}  my.py\n")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_exit_code_is_the_verdict(here: Path, judge: _Engine, verdict: Verdict) -> None:
    judge.answer = replace(ACCEPTED, judgement=Judgement(verdict, (_CHECK,)))
    expected = {Verdict.ACCEPTED: 0, Verdict.JUDGE_ERROR: 3}.get(verdict, 1)
    assert main(["submit", "my.py"]) == expected


def test_json_goes_to_standard_output(
    here: Path, judge: _Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["submit", "my.py", "--format", "json", "--problem", PROBLEM]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "accepted"


@pytest.mark.parametrize(
    ("options", "is_json"),
    [(["-o", "r.json"], True), (["-o", "r.txt"], False), (["-f", "json", "-o", "r.txt"], True)],
)
def test_a_report_goes_to_a_file(
    here: Path,
    judge: _Engine,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    is_json: bool,
) -> None:
    assert main(["submit", "my.py", *options]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"accepted  60/60  {PROBLEM}  my.py  (report in {options[-1]})\n"
    assert (here / options[-1]).read_text().startswith("{") is is_json
    assert sorted(path.name for path in here.iterdir()) == sorted(["my.py", options[-1]])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["submit"], "Missing argument 'FILE'"),
        (["submit", "me.py"], "there is no file me.py"),
        (["submit", "."], "several files in . answer a problem: ./both.py, ./my.py; name one"),
        (["submit", "empty"], "there is no Python file in empty"),
        (["submit", "my.py", "--report", "junt=r.xml"], "did you mean junit?"),
        (["submit", "my.py", "--report", "junit=no/r.xml"], "there is no folder"),
        (["submit", "my.py", "-r", "junit=-", "-f", "json"], "two reports would go to standard"),
        (["grade", "my.py", "-r", "github", "-f", "jsonl"], "two reports would go to standard"),
        (["grade", "--files-from", "nowhere"], "cannot read nowhere: no such file"),
        (["submit", "my.py", "--problem", "scan_trainin_step"], "did you mean scan_training_step?"),
        (["submit", "my.py", "--problem", ""], "there is no problem"),
        (["submit", "my.py", "--format", "xml"], "jaxjudge submit --help"),
        (["submit", "my.py", "--output", "no/report"], "there is no folder"),
        (["submit", "my.py", "--output", "my.py"], "it is your submission"),
        (["submit", "other.py"], "the file defines"),
        (["sumbit", "my.py"], "did you mean submit?"),
        (["xyzzy"], "there are submit, grade"),
        (["--nope"], "No such option"),
        (["show", "nothing"], "there is no problem 'nothing'"),
        (["start", "nothing"], "there is no problem 'nothing'"),
        (["start", PROBLEM, "my.py"], "my.py exists; give another PATH, or --force"),
        (["start", PROBLEM, "no/my.py"], "there is no folder"),
        (["start", PROBLEM, "no/"], "there is no folder"),
        (["completion", "csh"], "csh"),
        (["grade"], "Missing argument 'PATH...'"),
        (["grade", "nowhere"], "there is no file or folder nowhere"),
        (["grade", "empty"], "there is no Python file in empty"),
        (["grade", "my.py", "--problem", "nothing"], "there is no problem 'nothing'"),
        (["grade", "my.py", "--jobs", "0"], "--jobs"),
        (["grade", "my.py", "--format", "xml"], "jaxjudge grade --help"),
        (["grade", "my.py", "--output", "no/results"], "cannot write no/results"),
        (["grade", ".", "--output", "other.py"], "it is one of the submissions"),
        (["submit", "my.py", "--output", "r", "--report", "ctrf=./r"], "two reports would go to"),
        (["submit", "my.py", "--format", "json", "--report", "github"], "to standard output"),
        (["grade", ".", "--output", "r", "--report", "ctrf=./r"], "two reports would go to ./r"),
        (["grade", ".", "--report", "github", "--report", "jsonl=-"], "to standard output"),
        (["submit", "##vso[x]"], "there is no file #vso[x]"),
    ],
)
def test_wrong_use_is_one_line_and_nothing_is_judged(
    here: Path,
    judge: _Engine,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    (here / "other.py").write_text("def unrelated_name():\n    pass\n")
    (here / "both.py").write_text(SOURCE)
    (here / "empty").mkdir()
    assert main(arguments) == 2
    assert said in _one_line(capsys)
    assert judge.asked == []
    assert (here / "my.py").read_text() == SOURCE


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MachineError("no user namespaces"), "error: no user namespaces"),
        (ZeroDivisionError("oh\n no"), "error: inside the judge: ZeroDivisionError: oh no"),
        (RecursionError("too deep"), "inside the judge: RecursionError"),
    ],
)
def test_what_breaks_in_the_judge_is_one_line(
    here: Path,
    judge: _Engine,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    said: str,
) -> None:
    judge.answer = error
    assert main(["submit", "my.py"]) == 3
    assert said in _one_line(capsys)


def test_less_than_strict_isolation_is_warned_of_once(
    here: Path, judge: _Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    judge.found = Offered("basic", (), {"namespaces": "unshare: Operation not permitted"})
    assert main(["submit", "my.py"]) == 0
    assert capsys.readouterr().err == (
        "jaxjudge: warning: isolation is only basic "
        "(namespaces: unshare: Operation not permitted); see: jaxjudge doctor\n"
    )
    assert main(["submit", "my.py", "--require-isolation", "basic"]) == 0
    assert capsys.readouterr().err == ""
    assert judge.required == "basic"


def test_a_required_isolation_that_is_not_there_is_one_line(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(harness.engine, "Engine", partial(harness.engine.Engine, most="basic"))
    assert main(["submit", "my.py", "--require-isolation", "strict"]) == 3
    assert "isolation 'strict' is required" in _one_line(capsys)


def test_every_mistake_of_a_problem_is_listed(
    here: Path, judge: _Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    judge.answer = ProblemError([Diagnostic(Path("problem.toml"), 3, "levle", "unknown", "level")])
    assert main(["submit", "my.py"]) == 3
    assert "problem.toml:3: levle: unknown (did you mean level?)" in capsys.readouterr().err


def test_debugging_shows_the_traceback(
    here: Path,
    judge: _Engine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JAXJUDGE_DEBUG", "1")
    judge.answer = ZeroDivisionError("oh")
    assert main(["submit", "my.py"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_is_one_line(
    here: Path, judge: _Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    judge.answer = KeyboardInterrupt()
    assert main(["submit", "my.py"]) == 130
    assert capsys.readouterr().err.strip() == "jaxjudge: interrupted"


def test_problems_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["problems"]) == 0
    assert PROBLEM in capsys.readouterr().out
    assert main(["problems", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"id", "level", "title", "tags"} == set(rows[0])
    assert PROBLEM in [row["id"] for row in rows]


def test_problems_are_listed_by_tag(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["problems", "--tag", "fori-loop"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["fori_power"]
    assert main(["problems", "--tag", "sacn"]) == 2
    assert "no problem has the tag 'sacn'; there are: " in capsys.readouterr().err


def test_a_statement_is_markdown_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", PROBLEM]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# ")
    assert "\x1b" not in text


def test_start_writes_the_starter_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = here / f"{PROBLEM}.py"
    assert main(["start", PROBLEM]) == 0
    assert f"jaxjudge submit {PROBLEM}.py" in capsys.readouterr().out
    starter = written.read_text()
    assert f"def {PROBLEM}(" in starter
    assert main(["start", PROBLEM]) == 0
    assert "nothing to do" in capsys.readouterr().out
    written.write_text("mine")
    assert main(["start", PROBLEM]) == 2
    assert written.read_text() == "mine"
    assert main(["start", PROBLEM, "--force"]) == 0
    assert written.read_text() == starter


def test_start_takes_a_folder_a_name_or_standard_output(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "answers").mkdir()
    assert main(["start", PROBLEM, "answers"]) == 0
    assert main(["start", PROBLEM, "my answer.py"]) == 0
    assert "jaxjudge submit 'my answer.py'" in capsys.readouterr().out
    assert main(["start", PROBLEM, "-"]) == 0
    starter = capsys.readouterr().out
    assert (here / "answers" / f"{PROBLEM}.py").read_text() == starter
    assert (here / "my answer.py").read_text() == starter


def test_start_does_not_write_through_a_dangling_link(here: Path) -> None:
    (here / f"{PROBLEM}.py").symlink_to("elsewhere.py")
    assert main(["start", PROBLEM]) == 2
    assert not (here / "elsewhere.py").exists()


def test_the_doctor_says_whether_it_can_judge(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out.endswith("This machine can judge.\n")
    assert main(["doctor", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["can_judge"] is True


def test_a_machine_that_cannot_judge_is_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.doctor.NEEDED", {"no-such-package": ((1,), None)})
    assert main(["doctor"]) == 3
    assert "pip install 'no-such-package>=1'" in " ".join(capsys.readouterr().out.split())


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("jaxjudge 0.")


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", list(cli.commands))
def test_every_command_has_help_with_an_example(
    command: str, flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, flag]) == 0
    text = capsys.readouterr().out
    assert f"jaxjudge {command}" in text.split("\n\n", 1)[1]


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "_JAXJUDGE_COMPLETE" in capsys.readouterr().out
