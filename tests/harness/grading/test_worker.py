"""One worker in this process, its judge replaced where the judge is not the question."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest

import harness.report
from harness.engine import Engine
from harness.errors import MachineError
from harness.grading.kept import opened
from harness.grading.mark import unmarked
from harness.grading.question import Question
from harness.grading.terms import Terms
from harness.grading.worker import Worker, serve
from harness.problem.library import Library

SCHEMAS = Path(harness.report.__path__[0]) / "schema"
PROBLEM = "scan_training_step"
SOURCE = f"def {PROBLEM}(w, lr, x_batches, y_batches):\n    return w\n"


class _Failing:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def judge(self, *arguments: Any, **options: Any) -> Any:
        raise self.error


def _ungraded(document: Any) -> tuple[str, str]:
    schema = json.loads((SCHEMAS / "ungraded.schema.json").read_text())
    jsonschema.validate(document, schema)
    return document["error"]["kind"], document["error"]["message"]


def test_what_failed_inside_the_judge_is_shown_to_those_who_ask(
    built_in: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "my.py"
    path.write_text(SOURCE)
    monkeypatch.setenv("JAXJUDGE_DEBUG", "1")
    kind, message = _ungraded(_worker(built_in, IndexError("oh")).grade(Question(str(path))))
    assert (kind, message) == ("judge", "inside the judge: IndexError: oh")
    assert "Traceback" in capsys.readouterr().err


def _worker(library: Library, error: Exception | None = None) -> Worker:
    return Worker(cast(Engine, _Failing(error or AssertionError("not to be asked"))), library)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"x" * (257 << 10), "is too long"),
        (b"x = 1\0", "NUL"),
        (b"# \xff", "not UTF-8"),
        (b"def other():\n    pass\n", "no function that a problem asks for"),
    ],
)
def test_a_file_that_cannot_be_judged_is_said(
    built_in: Library, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "my.py"
    path.write_bytes(content)
    kind, message = _ungraded(_worker(built_in).grade(Question(str(path))))
    assert kind == "file"
    assert said in message


def test_a_folder_or_a_broken_link_is_said(built_in: Library, tmp_path: Path) -> None:
    (tmp_path / "gone.py").symlink_to("nowhere")
    (tmp_path / "a.py").mkdir()
    for name in ("gone.py", "a.py"):
        assert _ungraded(_worker(built_in).grade(Question(str(tmp_path / name))))[0] == "file"


@pytest.mark.parametrize("error", [MachineError("no room"), ZeroDivisionError("no room")])
def test_a_judge_that_fails_is_said_for_one_file(
    built_in: Library, tmp_path: Path, error: Exception
) -> None:
    (tmp_path / "my.py").write_text(SOURCE)
    kind, message = _ungraded(_worker(built_in, error).grade(Question(str(tmp_path / "my.py"))))
    assert kind == "judge"
    assert "no room" in message


def test_a_report_names_the_path_as_given(
    engine: Engine, built_in: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.py").write_text(SOURCE)
    document = Worker(engine, built_in).grade(Question("./my.py"))
    schema = json.loads((SCHEMAS / "report.schema.json").read_text())
    jsonschema.validate(document, schema)
    assert document["submission"]["name"] == "./my.py"
    assert document["verdict"] == "wrong_answer"


def test_a_source_is_judged_as_it_is(built_in: Library, engine: Engine) -> None:
    worker = Worker(engine, built_in)
    kind, message = _ungraded(worker.grade(Question("mine", b"\xff")))
    assert kind == "file"
    assert "no function that a problem asks for" in message
    document = worker.grade(Question("mine", SOURCE.encode() + b"\0"))
    schema = json.loads((SCHEMAS / "report.schema.json").read_text())
    jsonschema.validate(document, schema)
    assert (document["submission"]["name"], document["verdict"]) == ("mine", "invalid_submission")
    assert document["checks"][0]["findings"][0]["code"] == "source"


def test_a_worker_judges_by_no_other_version(engine: Engine, built_in: Library) -> None:
    terms = Terms(problem=PROBLEM, version="another")
    kind, message = _ungraded(Worker(engine, built_in, terms).grade(Question("mine", b"")))
    assert (kind, message) == ("judge", f"the files of {PROBLEM} have changed since judging began")
    with pytest.raises(MachineError, match="have changed"):
        Worker(engine, built_in, terms).prepare()


def test_a_worker_says_which_mistakes_a_problem_has(tmp_path: Path) -> None:
    package = tmp_path / "mine"
    package.mkdir()
    (package / "problem.toml").write_text("")
    answers = io.StringIO()
    terms = Terms("none", "none", "mine", roots=(str(tmp_path),), version="any")
    serve(io.StringIO(""), answers, terms)
    said = json.loads(answers.getvalue())
    assert said["diagnostics"][0]["file"] == str(package / "problem.toml")


def test_a_worker_says_what_there_is_before_it_answers() -> None:
    answers = io.StringIO()
    serve(io.StringIO(Question("nowhere.py").text + "\n"), answers, Terms("none", "basic", PROBLEM))
    ready, answer = map(json.loads, answers.getvalue().splitlines())
    assert ready["level"] == "basic"
    assert _ungraded(answer) == ("file", "there is no file nowhere.py")


def test_a_worker_refuses_less_isolation_than_required() -> None:
    answers = io.StringIO()
    serve(io.StringIO(""), answers, Terms("strict", "basic", PROBLEM))
    assert "only 'basic'" in json.loads(answers.getvalue())["failed"]


def test_a_worker_whose_asker_was_killed_ends_without_a_word() -> None:
    command = [sys.executable, "-I", "-m", "harness.grading.worker", Terms(most="none").text]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.close()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_worker_that_is_told_so_again_and_again_ends_without_a_word() -> None:
    command = [sys.executable, "-I", "-m", "harness.grading.worker", Terms(most="none").text]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"level" in process.stdout.readline()
        while process.poll() is None:
            process.terminate()
            time.sleep(0.001)
        assert process.stderr.read() == b""
    assert process.returncode == 143


def test_help_is_limited_when_a_kept_report_is_shown(
    engine: Engine, built_in: Library, tmp_path: Path
) -> None:
    def document(hints: int) -> Any:
        worker = Worker(engine, built_in, Terms(hints=hints), opened(str(tmp_path), "none", False))
        return unmarked(worker.grade(Question("my.py", SOURCE.encode())))

    (little, before), (much, after) = document(0), document(3)
    assert (before.hit, after.hit) == (False, True)
    assert little["counterexample"] is None
    assert much["counterexample"] is not None
    assert little["timings"] == much["timings"]
