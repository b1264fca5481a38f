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

import pytest

from graders.verdict import Verdict
from harness.errors import MachineError, ProblemError
from harness.judge import Judge, judge
from harness.problem.library import Library
from harness.problem.load import load_problem
from harness.problem.model import Problem
from harness.report.document import Report

HEAD = "import jax\ndef scan_training_step(w, lr, x_batches, y_batches):\n"
ENDLESS = HEAD + "    while True: pass\n"
ROOT = Path(__file__).parents[2] / "submissions" / "scan_training_step"
RIGHT = (ROOT / "accepted" / "grad.py").read_bytes()
WRONG = (ROOT / "wrong_answer" / "mean_loss.py").read_bytes()


def _plain(report: Report) -> Report:
    return replace(report, timings={})


def test_a_report_tells_what_was_judged_and_by_what(
    warm_judge: Judge, training_step: Problem
) -> None:
    report = warm_judge.judge(b"print('hello')\n" + RIGHT, "my.py", training_step)
    assert report.judgement.verdict is Verdict.ACCEPTED
    assert (report.problem, report.problem_version) == (training_step.id, training_step.version)
    assert (report.name, len(report.sha256)) == ("my.py", 64)
    assert report.output.stdout == "hello\n"
    assert report.versions.keys() >= {"jaxjudge", "jax", "jaxlib", "numpy"}
    assert 0 < report.timings["judge"] <= report.timings["total"]
    assert report.isolation.mechanisms


@pytest.mark.parametrize("source", [RIGHT, WRONG], ids=["right", "wrong"])
def test_a_verdict_repeats(
    warm_judge: Judge,
    training_step: Problem,
    built_in: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: bytes,
) -> None:
    samples = built_in.samples(training_step.id)[:90]
    first = warm_judge.judge(source, "my.py", training_step, samples)
    assert _plain(warm_judge.judge(source, "my.py", training_step, samples)) == _plain(first)
    monkeypatch.setenv("JAXJUDGE_CACHE", str(tmp_path / "empty"))
    with Judge() as another:
        again = another.judge(source, "my.py", training_step, samples)
    assert _plain(again) == _plain(first)


def test_without_a_cache_there_is_the_same_verdict(
    training_step: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JAXJUDGE_CACHE", str(tmp_path / "file"))
    assert judge(RIGHT, "my.py", training_step).judgement.verdict is Verdict.ACCEPTED


def test_samples_name_the_mistake(
    warm_judge: Judge, training_step: Problem, built_in: Library
) -> None:
    samples = built_in.samples(training_step.id)
    (check,) = (
        check
        for check in warm_judge.judge(WRONG, "my.py", training_step, samples).judgement.checks
        if check.name == "correctness"
    )
    assert "mean" in check.findings[0].hint
    without = warm_judge.judge(WRONG, "my.py", training_step).judgement
    assert without.verdict is Verdict.WRONG_ANSWER
    assert not any("mean over" in f.hint for c in without.checks for f in c.findings)


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def _settled(before: tuple[int, int]) -> bool:
    deadline = time.monotonic() + 5
    while (_descriptors(), threading.active_count()) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    return (_descriptors(), threading.active_count()) == before


def test_many_verdicts_leave_nothing_open(warm_judge: Judge, training_step: Problem) -> None:
    sources = [RIGHT, WRONG, b"1 / 0", b"import os; os._exit(0)", b"import os; os.abort()"]
    warm_judge.judge(RIGHT, "my.py", training_step)
    before = _descriptors(), threading.active_count()
    for source in sources * 2:
        warm_judge.judge(source, "my.py", training_step)
    assert _settled(before)


def test_a_judge_that_is_left_leaves_nothing(
    training_step: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = _descriptors(), threading.active_count()
    with Judge() as judging:
        judging.judge(RIGHT, "my.py", training_step)
        assert list(tmp_path.iterdir())
    assert _settled(before)
    assert list(tmp_path.iterdir()) == []


def test_two_threads_may_judge_at_once(warm_judge: Judge, training_step: Problem) -> None:
    found: dict[str, set[Verdict]] = {"right": set(), "wrong": set()}

    def work(name: str, source: bytes) -> None:
        for _ in range(3):
            report = warm_judge.judge(source, f"{name}.py", training_step)
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
    warm_judge: Judge, training_step: Problem, interrupted: None
) -> None:
    before = _descriptors(), threading.active_count()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        warm_judge.judge(ENDLESS.encode(), "my.py", training_step)
    assert time.monotonic() - started < 10
    assert _settled(before)
    report = warm_judge.judge(RIGHT, "my.py", training_step)
    assert report.judgement.verdict is Verdict.ACCEPTED


def test_a_process_that_cannot_start_is_the_machines_fault(
    training_step: Problem, monkeypatch: pytest.MonkeyPatch, warm_judge: Judge
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(11, "no more processes")

    warm_judge.judge(RIGHT, "my.py", training_step)
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", refuse)
        with pytest.raises(MachineError, match="no more processes"), Judge():
            pass
    for name, target in (("pipe", os), ("mkdtemp", tempfile)):
        with monkeypatch.context() as patch:
            patch.setattr(target, name, refuse)
            with pytest.raises(MachineError, match=r"my\.py.*no more processes"):
                warm_judge.judge(RIGHT, "my.py", training_step)


def test_a_broken_problem_is_the_authors_fault(
    warm_judge: Judge, training_step: Problem, tmp_path: Path
) -> None:
    folder = tmp_path / "problems" / "scan_training_step"
    shutil.copytree(training_step.folder, folder)
    (folder / "reference.py").write_text(HEAD + "    return 1 / 0\n")
    with pytest.raises(ProblemError, match="ZeroDivisionError"):
        warm_judge.judge(RIGHT, "my.py", load_problem(folder))


def test_bytes_that_are_no_text_are_the_learners_mistake(
    warm_judge: Judge, training_step: Problem
) -> None:
    for source in (b"\xff\xfe\x00", b"def f(:\n", b"\x00"):
        verdict = warm_judge.judge(source, "my.py", training_step).judgement.verdict
        assert verdict in (Verdict.INVALID_SUBMISSION, Verdict.RUNTIME_ERROR), source
