from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import harness.engine as module
from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Equation
from graders.jaxpr.rules.rule import Call, Rule
from graders.jaxpr.rules.table import RULES
from graders.verdict import Verdict
from harness.engine import Engine
from harness.errors import MachineError, ProblemError
from harness.problem.library import Library
from harness.problem.load import load_problem
from harness.problem.model import Problem
from harness.report.document import Report
from harness.sandbox import process
from tests.harness.sandbox.conftest import until

HEAD = "import jax\ndef scan_training_step(w, lr, x_batches, y_batches):\n"
ENDLESS = HEAD + "    while True: pass\n"
ROOT = Path(__file__).parents[2] / "submissions" / "scan_training_step"
RIGHT = (ROOT / "accepted" / "grad.py").read_bytes()
WRONG = (ROOT / "wrong_answer" / "mean_loss.py").read_bytes()


def _plain(report: Report) -> Report:
    return replace(report, timings={})


def test_a_report_tells_what_was_judged_and_by_what(engine: Engine, training_step: Problem) -> None:
    report = engine.judge(b"print('hello')\n" + RIGHT, "my.py", training_step)
    assert report.judgement.verdict is Verdict.ACCEPTED
    assert (report.problem, report.problem_version) == (training_step.id, training_step.version)
    assert (report.name, len(report.sha256)) == ("my.py", 64)
    assert report.output.stdout == "hello\n"
    assert report.versions.keys() >= {"jaxjudge", "jax", "jaxlib", "numpy"}
    assert 0 < report.timings["judge"] <= report.timings["total"]
    assert report.isolation.mechanisms


@pytest.mark.parametrize("source", [RIGHT, WRONG], ids=["right", "wrong"])
def test_a_verdict_repeats(
    engine: Engine,
    training_step: Problem,
    built_in: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: bytes,
) -> None:
    samples = built_in.samples(training_step.id)[:90]
    first = engine.judge(source, "my.py", training_step, samples)
    assert _plain(engine.judge(source, "my.py", training_step, samples)) == _plain(first)
    monkeypatch.setenv("JAXJUDGE_CACHE", str(tmp_path / "empty"))
    with Engine() as another:
        again = another.judge(source, "my.py", training_step, samples)
    assert _plain(again) == _plain(first)


def test_without_a_cache_there_is_the_same_verdict(
    training_step: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JAXJUDGE_CACHE", str(tmp_path / "file"))
    with Engine() as another:
        report = another.judge(RIGHT, "my.py", training_step)
    assert report.accepted


def test_samples_name_the_mistake(
    engine: Engine, training_step: Problem, built_in: Library
) -> None:
    samples = built_in.samples(training_step.id)
    (check,) = (
        check
        for check in engine.judge(WRONG, "my.py", training_step, samples).judgement.checks
        if check.name == "correctness"
    )
    assert "mean" in check.findings[0].cause
    without = engine.judge(WRONG, "my.py", training_step).judgement
    assert without.verdict is Verdict.WRONG_ANSWER
    assert not any("mean over" in f.hint for c in without.checks for f in c.findings)


def test_a_rule_that_fails_is_shown_to_those_who_ask(
    engine: Engine,
    training_step: Problem,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(equation: Equation, arithmetic: Arithmetic) -> Call:
        raise IndexError("in a rule")

    engine.judge(RIGHT, "my.py", training_step)
    monkeypatch.setitem(RULES, "mul", Rule(fail))
    monkeypatch.setenv("JAXJUDGE_DEBUG", "1")
    report = engine.judge(RIGHT, "my.py", training_step)
    assert report.judgement.verdict is Verdict.RUNTIME_ERROR
    assert "mul cannot be evaluated (IndexError)" in report.judgement.checks[0].message
    assert "IndexError: in a rule" in capsys.readouterr().err


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def _settled(before: tuple[int, int]) -> bool:
    deadline = time.monotonic() + 5
    while (_descriptors(), threading.active_count()) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    return (_descriptors(), threading.active_count()) == before


def test_many_verdicts_leave_nothing_open(engine: Engine, training_step: Problem) -> None:
    sources = [RIGHT, WRONG, b"1 / 0", b"import os; os._exit(0)", b"import os; os.abort()"]
    engine.judge(RIGHT, "my.py", training_step)
    before = _descriptors(), threading.active_count()
    for source in sources * 2:
        engine.judge(source, "my.py", training_step)
    assert _settled(before)


def test_a_judge_that_is_left_leaves_nothing(
    training_step: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = _descriptors(), threading.active_count()
    with Engine() as judging:
        judging.judge(RIGHT, "my.py", training_step)
        assert list(tmp_path.iterdir())
    assert _settled(before)
    assert list(tmp_path.iterdir()) == []


def test_two_threads_may_judge_at_once(engine: Engine, training_step: Problem) -> None:
    found: dict[str, set[Verdict]] = {"right": set(), "wrong": set()}

    def work(name: str, source: bytes) -> None:
        for _ in range(3):
            report = engine.judge(source, f"{name}.py", training_step)
            found[name].add(report.judgement.verdict)

    threads = [
        threading.Thread(target=work, args=pair) for pair in (("right", RIGHT), ("wrong", WRONG))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"right": {Verdict.ACCEPTED}, "wrong": {Verdict.WRONG_ANSWER}}


@pytest.fixture
def interrupted() -> Iterator[None]:
    """Ctrl-C within a second."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.7)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_an_interrupted_verdict_ends_its_submission(
    engine: Engine, training_step: Problem, interrupted: None
) -> None:
    before = _descriptors(), threading.active_count()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        engine.judge(ENDLESS.encode(), "my.py", training_step)
    assert time.monotonic() - started < 10
    assert _settled(before)
    report = engine.judge(RIGHT, "my.py", training_step)
    assert report.judgement.verdict is Verdict.ACCEPTED


def test_a_process_that_cannot_start_is_the_machines_fault(
    training_step: Problem, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(11, "no more processes")

    engine.judge(RIGHT, "my.py", training_step)
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", refuse)
        with pytest.raises(MachineError, match="no more processes"), Engine():
            pass
    for name, target in (("pipe", os), ("mkdtemp", tempfile)):
        with monkeypatch.context() as patch:
            patch.setattr(target, name, refuse)
            with pytest.raises(MachineError, match=r"my\.py.*no more processes"):
                engine.judge(RIGHT, "my.py", training_step)


@pytest.fixture
def brief(training_step: Problem) -> Problem:
    """The problem with little time, for submissions that take all of it."""
    limits = replace(training_step.rubric.limits, wall_seconds=4.0)
    return replace(training_step, rubric=replace(training_step.rubric, limits=limits))


_PARENT = b"import os, time\nos.kill(os.getppid(), %d)\ntime.sleep(%d)\n"


@pytest.mark.parametrize("seconds", [0, 60], ids=["goes on", "waits"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["kills", "stops"])
def test_without_a_box_a_submission_that_ends_its_parent_has_a_verdict_in_time(
    brief: Problem, number: int, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_OBEY_SECONDS", 1.0)
    before = _descriptors(), threading.active_count()
    with Engine(most="none") as judging:
        expected = judging.judge(RIGHT, "my.py", brief)
        assert expected.judgement.verdict is Verdict.ACCEPTED
        started = time.monotonic()
        report = judging.judge(_PARENT % (number, seconds) + RIGHT, "my.py", brief)
        assert time.monotonic() - started < 60
        assert report.judgement.verdict is Verdict.RUNTIME_ERROR
        assert _plain(judging.judge(RIGHT, "my.py", brief)) == _plain(expected)
    assert _settled(before)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_the_end_of_a_parent_costs_no_verdict(
    brief: Problem, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_OBEY_SECONDS", 1.0)
    with Engine() as judging:
        expected = judging.judge(RIGHT, "my.py", brief)
        assert judging._pool._current is not None
        parent = judging._pool._current
        os.killpg(parent._process.pid, number)
        started = time.monotonic()
        assert _plain(judging.judge(RIGHT, "my.py", brief)) == _plain(expected)
        assert time.monotonic() - started < 30
        assert judging._pool._current is not parent


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Ends the warm parent at the first attempt to grade; whether each attempt's was ready."""
    ready: list[bool] = []
    real = module._grade_once

    def grade(*arguments: Any) -> Any:
        parent = arguments[-1]
        ready.append(parent.isolation.done())
        if len(ready) == 1:
            parent.abandon()
            assert until(lambda: parent.gone)
        return real(*arguments)

    monkeypatch.setattr(module, "_grade_once", grade)
    return ready


def test_no_time_of_a_submission_is_spent_on_the_start_of_a_parent(
    brief: Problem, dying: list[bool]
) -> None:
    with Engine() as judging:
        assert judging.judge(RIGHT, "my.py", brief).judgement.verdict is Verdict.ACCEPTED
    assert dying == [True, True]


def test_a_new_parent_is_not_to_offer_less_isolation(brief: Problem, dying: list[bool]) -> None:
    with Engine(require="strict") as judging:
        judging.isolation()
        judging._pool.most = "basic"
        with pytest.raises(MachineError, match="'strict' is required"):
            judging.judge(RIGHT, "my.py", brief)


def test_a_parent_that_never_gets_ready_is_the_machines_fault(
    brief: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Engine() as judging:
        judging.judge(RIGHT, "my.py", brief)
        monkeypatch.setattr("harness.sandbox.parent.sys.executable", shutil.which("false"))
        assert judging._pool._current is not None
        parent = judging._pool._current
        parent.abandon()
        assert until(lambda: parent.gone)
        with pytest.raises(MachineError, match="cannot start"):
            judging.judge(RIGHT, "my.py", brief)


def test_a_judge_refuses_less_isolation_than_it_requires(training_step: Problem) -> None:
    with (
        Engine(require="strict", most="basic") as judging,
        pytest.raises(MachineError, match=r"'strict' is required.*only 'basic'"),
    ):
        judging.judge(RIGHT, "my.py", training_step)


@pytest.mark.parametrize("most", ["none", "basic", "strict"])
def test_each_level_and_warmth_gives_the_same_judgement(brief: Problem, most: str) -> None:
    found = []
    for warm in (False, True):
        with Engine(require=most, most=most, warm=warm) as judging:
            report = judging.judge(WRONG, "my.py", brief)
            assert report.isolation.level == most
            found.append(report.judgement)
    assert found[0] == found[1]
    assert found[0].verdict is Verdict.WRONG_ANSWER


def test_a_broken_problem_is_the_authors_fault(
    engine: Engine, training_step: Problem, tmp_path: Path
) -> None:
    folder = tmp_path / "problems" / "scan_training_step"
    shutil.copytree(training_step.folder, folder)
    (folder / "reference.py").write_text(HEAD + "    return 1 / 0\n")
    with pytest.raises(ProblemError, match="ZeroDivisionError"):
        engine.judge(RIGHT, "my.py", load_problem(folder))


def test_a_package_that_is_not_installed_is_the_machines_fault(
    engine: Engine, training_step: Problem
) -> None:
    rubric = replace(training_step.rubric, requires=("jax", "optax_of_another_name"))
    problem = replace(training_step, rubric=rubric)
    with pytest.raises(MachineError, match="optax_of_another_name"):
        engine.bank(problem)
    with pytest.raises(MachineError) as caught:
        engine.judge(RIGHT, "my.py", problem)
    assert str(caught.value) == (
        "scan_training_step needs the package optax_of_another_name, which is not installed: "
        "install it with pip install 'jaxjudge[optax_of_another_name]'"
    )


def test_a_package_that_is_installed_is_no_hindrance(
    engine: Engine, training_step: Problem
) -> None:
    rubric = replace(training_step.rubric, requires=("optax",))
    report = engine.judge(RIGHT, "my.py", replace(training_step, rubric=rubric))
    assert report.judgement.verdict is Verdict.ACCEPTED


def test_bytes_that_are_no_text_are_the_learners_mistake(
    engine: Engine, training_step: Problem
) -> None:
    for source in (b"\xff\xfe\x00", b"def f(:\n", b"\x00"):
        verdict = engine.judge(source, "my.py", training_step).judgement.verdict
        assert verdict in (Verdict.INVALID_SUBMISSION, Verdict.RUNTIME_ERROR), source
