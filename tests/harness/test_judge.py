"""Judging from a program: every source gets its report, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import harness.session
from graders.verdict import Verdict
from harness.errors import IsolationWarning, MachineError, ProblemError, UsageError
from harness.grading.terms import Terms
from harness.judge import Judge, Source, Submission, judge
from harness.problem.library import built_in as built_in_folder
from harness.problem.model import Problem
from harness.report.document import Report

PROBLEM = "scan_training_step"
SAMPLES = Path(__file__).parents[2] / "submissions" / PROBLEM
RIGHT = (SAMPLES / "accepted" / "grad.py").read_text()
WRONG = (SAMPLES / "wrong_answer" / "mean_loss.py").read_bytes()
ENDLESS = f"def {PROBLEM}(w, lr, x_batches, y_batches):\n    while True:\n        pass\n"
RAISING = "raise ValueError('no')"
weak = pytest.mark.filterwarnings("ignore::harness.errors.IsolationWarning")


@pytest.fixture(scope="module")
def running(cache_folder: Path) -> Iterator[Judge]:
    """A judge that two may ask at a time."""
    with Judge(PROBLEM, "none", jobs=2) as judge:
        yield judge


def _plain(report: Report) -> Report:
    return replace(report, timings={})


def _workers(judge: Judge) -> list[int]:
    return [hand.pid for hand in judge._session.crew._hands]


def test_many_sources_are_told_apart_by_their_names(running: Judge) -> None:
    sources: list[Source] = [RIGHT, Submission("mine\n", WRONG), RAISING, b"def f("]
    reports = {report.name: report for report in running.judge_many(sources, jobs=1)}
    assert {name: report.judgement.verdict.value for name, report in reports.items()} == {
        "submission 1": "accepted",
        "mine\n": "wrong_answer",
        "submission 3": "runtime_error",
        "submission 4": "invalid_submission",
    }
    assert [float(report) for report in reports.values()] == [1, 0.4, 0, 0]
    causes = [f.cause for check in reports["mine\n"].judgement.checks for f in check.findings]
    assert "mean over the microbatch" in causes[0]


def test_the_same_source_gets_the_same_report_whoever_asks(running: Judge) -> None:
    sources = [Submission(f"{n}", (RIGHT, WRONG, RAISING)[n % 3]) for n in range(6)]
    with ThreadPoolExecutor() as threads:
        forwards = threads.submit(lambda: list(running.judge_many(sources, jobs=2)))
        backwards = threads.submit(lambda: list(running.judge_many(sources[::-1], jobs=1)))
        single = threads.submit(running.judge, RAISING, "5")
        first, second = (
            {report.name: _plain(report) for report in future.result()}
            for future in (forwards, backwards)
        )
    assert first == second
    assert first.keys() == {"0", "1", "2", "3", "4", "5"}
    assert replace(first["0"], name="3") == first["3"]
    assert _plain(single.result()) == first["5"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("x = 1\0", "NUL bytes"),
        (b"# \xff", "not UTF-8 text: see line 1"),
        ("\n# \ud800", "not UTF-8 text: see line 2"),
        ("#" * (256 << 10 | 1), "at most 256 KiB"),
    ],
    ids=["empty", "blank", "NUL", "latin", "surrogate", "long"],
)
def test_what_is_no_python_is_an_invalid_submission(
    running: Judge, source: str | bytes, said: str
) -> None:
    report = running.judge(source)
    assert report.judgement.verdict is Verdict.INVALID_SUBMISSION
    assert said in report.judgement.checks[0].message
    assert (report.name, report.reward) == ("submission", 0)


def test_a_digest_is_that_of_the_whole_source(running: Judge) -> None:
    digests = {running.judge("#" * (300 << 10) + end).sha256 for end in "ab"}
    assert len(digests) == 2


def test_sources_are_taken_when_there_is_time_for_them(running: Judge) -> None:
    taken = 0

    def sources() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield ""

    reports = running.judge_many(sources(), jobs=2)
    assert {next(reports).name for _ in range(10)} <= {f"submission {n}" for n in range(1, 15)}
    reports.close()
    assert taken <= 14
    assert not running._session.crew._waiting


def test_a_worker_that_dies_is_a_judge_error_for_one(running: Judge) -> None:
    with ThreadPoolExecutor() as threads:
        future = threads.submit(running.judge, ENDLESS, "endless")
        crew = running._session.crew
        while not (busy := [hand for hand in crew._hands if hand not in crew._free]):
            time.sleep(0.01)
        os.kill(busy[0].pid, signal.SIGKILL)
        report = future.result()
    assert report.judgement.verdict is Verdict.JUDGE_ERROR
    assert "ended from outside" in report.judgement.checks[0].message
    assert not report.accepted
    with pytest.raises(MachineError, match="no reward for endless: the judge failed"):
        float(report)
    assert running.judge(RAISING).judgement.verdict is Verdict.RUNTIME_ERROR


def test_a_process_that_was_forked_has_no_judge(running: Judge) -> None:
    reports = running.judge_many([RIGHT] * 4, jobs=2)
    next(reports)
    child = os.fork()
    if child == 0:
        with suppress(UsageError):
            running.judge(RIGHT)
            os._exit(1)
        running.__exit__(None, None, None)
        try:
            next(reports)
        except UsageError:
            os._exit(7)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert [report.reward for report in reports] == [1, 1, 1]


def test_an_interrupt_ends_one_judgement_only(running: Judge) -> None:
    crew = running._session.crew

    def interrupt() -> None:
        while len(crew._free) == len(crew._hands):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    with ThreadPoolExecutor() as threads:
        threads.submit(interrupt)
        with pytest.raises(KeyboardInterrupt):
            running.judge(ENDLESS)
    assert set(crew._free) == crew._hands
    assert running.judge(RAISING).reward == 0


def test_misuse_is_said(running: Judge, training_step: Problem, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"did you mean scan_cumsum\?"):
        Judge("scan_cumsam")
    with pytest.raises(UsageError, match="there is no problem package in"):
        Judge(tmp_path)
    with pytest.raises(UsageError, match="one of none, basic, strict, not 'hard'"):
        Judge(PROBLEM, "hard")
    with pytest.raises(UsageError, match="from 1 to 256, not '2'"):
        Judge(PROBLEM, jobs="2")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="or a Problem, not bytes"):
        Judge(PROBLEM.encode())  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="there is no problem 'x"):
        Judge("x" * 5000)
    with pytest.raises(UsageError, match="is a file: name its folder"):
        Judge(training_step.folder / "problem.toml")
    with pytest.raises(UsageError, match="from 1 to 256, not 0"):
        running.judge_many([], jobs=0)
    with pytest.raises(UsageError, match="expected many sources"):
        running.judge_many(RIGHT)
    with pytest.raises(UsageError, match="expected many sources, found one int"):
        running.judge_many(3)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="text or bytes, not int"):
        running.judge(3)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="name of a source is text, not PosixPath"):
        running.judge(RIGHT, Path("my.py"))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="enter it once"):
        running.__enter__()
    with pytest.raises(UsageError, match="not, or no longer, the one in"):
        Judge(replace(training_step, version="changed"))
    unused = Judge(training_step)
    with pytest.raises(UsageError, match="inside its `with` block"):
        unused.judge("")
    with pytest.raises(UsageError, match="inside its `with` block"):
        unused.judge_many([""])


def _package(folder: Path, reference: str | None = None) -> Path:
    """A copy of a built-in package, with one labelled sample of its own."""
    package = folder / "problems" / "mine"
    package.mkdir(parents=True)
    for path in (built_in_folder() / PROBLEM).iterdir():
        if path.is_file():
            (package / path.name).write_text(path.read_text())
    if reference is not None:
        (package / "reference.py").write_text(reference)
    sample = folder / "submissions" / "mine" / "wrong_answer" / "mean.py"
    sample.parent.mkdir(parents=True)
    sample.write_text('"""My own words for it."""\n' + WRONG.decode())
    return package


@weak
def test_a_package_is_judged_by_with_its_own_samples(tmp_path: Path) -> None:
    package = _package(tmp_path)
    with Judge(package) as judge:
        report = judge.judge(WRONG)
        pids = _workers(judge)
        with (package / "reference.py").open("a") as reference:
            reference.write("# changed")
        os.kill(pids[0], signal.SIGKILL)
        while any(hand.alive for hand in judge._session.crew._hands):
            time.sleep(0.01)
        changed = judge.judge(WRONG)
    assert report.problem == "mine"
    assert any(f.cause == "My own words for it." for f in report.judgement.checks[0].findings)
    assert "have changed" in changed.judgement.checks[0].message
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_problem_with_mistakes_is_refused_at_once(tmp_path: Path) -> None:
    package = _package(tmp_path, f"def {PROBLEM}(w, lr, x_batches, y_batches):\n    return 1 / 0\n")
    with pytest.raises(ProblemError, match="the reference does not run") as raised, Judge(package):
        pass
    (found,) = raised.value.diagnostics
    assert (found.file, found.line) == (package / "reference.py", 2)
    (package / "problem.toml").write_text("")
    with pytest.raises(ProblemError):
        Judge(str(package))


def test_weak_isolation_is_warned_of_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness.session, "Terms", partial(Terms, most="none"))
    unasked = Judge(PROBLEM)
    with pytest.raises(IsolationWarning, match="isolation is only none"):  # noqa: SIM117
        with unasked:
            pass
    with pytest.raises(UsageError, match="not running"):
        unasked.judge(RIGHT)
    with pytest.raises(MachineError, match="'basic' is required"), Judge(PROBLEM, "basic"):
        pass


def test_leaving_ends_what_threads_are_waiting_for() -> None:
    with ThreadPoolExecutor() as threads:
        with Judge(PROBLEM, "none", jobs=1) as judge:
            futures = [threads.submit(judge.judge, ENDLESS) for _ in range(2)]
            while not judge._session.crew._waiting:
                time.sleep(0.01)
            pids = _workers(judge)
        for future in futures:
            with pytest.raises(UsageError, match="has ended"):
                future.result()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert not [t for t in threading.enumerate() if t.name.startswith("jaxjudge")]


@contextmanager
def _closed(descriptor: int) -> Iterator[None]:
    kept = os.dup(descriptor)
    os.close(descriptor)
    try:
        yield
    finally:
        os.dup2(kept, descriptor)
        os.close(kept)


@weak
def test_a_file_is_judged_by_the_function_it_defines(tmp_path: Path) -> None:
    with _closed(2):  # as a daemon may have it
        report = judge(SAMPLES / "accepted" / "grad.py")
    assert report.accepted
    assert report.problem == PROBLEM
    (tmp_path / "other.py").write_bytes(b"\0")
    assert judge(tmp_path / "other.py", PROBLEM).judgement.verdict is Verdict.INVALID_SUBMISSION
    (tmp_path / "other.py").write_text("def other(): pass\n")
    with pytest.raises(UsageError, match="name one with problem="):
        judge(tmp_path / "other.py")
    with pytest.raises(UsageError, match="there is no file"):
        judge("nowhere.py", PROBLEM)
