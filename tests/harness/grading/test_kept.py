"""When a report that was kept will do, and when it will not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import harness.grading.kept as module
from graders.verdict import Judgement, Verdict
from graders.view import Row, View
from harness.grading.kept import Keeper, Samples, opened
from harness.grading.mark import Mark, unmarked
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.report import jsondoc
from harness.report.document import Isolation, Output, Report

SOURCE = b"def scan_training_step(): ...\n"
PROGRAM = View((("N", 2),), "f32[]", (Row("return a", None, False),), (), (), ())


@dataclass
class Judge:
    """Judges as it is told, and counts."""

    report: Report
    asked: int = 0

    def __call__(self, shown: bool) -> Report:
        self.asked += 1
        timings = {"total": self.asked / 7}
        return replace(self.report, timings=timings, program=PROGRAM if shown else None)


@pytest.fixture
def judge() -> Judge:
    return Judge(
        Report(
            problem="scan_training_step",
            problem_version="1f",
            name="as judged",
            sha256="ab" * 32,
            judgement=Judgement(Verdict.WRONG_ANSWER, ()),
            isolation=Isolation("basic"),
            output=Output(),
            timings={},
            versions={"jax": "0.10.2"},
        )
    )


@pytest.fixture
def samples(tmp_path: Path) -> Samples:
    path = tmp_path / "wrong_answer" / "known.py"
    path.parent.mkdir()
    path.write_text('"""A known mistake."""\n')
    return [(Verdict.WRONG_ANSWER, path), (Verdict.ACCEPTED, tmp_path / "unreadable.py")]


@pytest.fixture
def ask(tmp_path: Path, training_step: Problem, samples: Samples, judge: Judge) -> Ask:
    folder = tmp_path / "kept"
    folder.mkdir()

    def ask(
        source: bytes = SOURCE,
        name: str = "class/ann.py",
        problem: Problem = training_step,
        require: str = "none",
        shown: bool = False,
    ) -> tuple[Any, Mark]:
        keeper = opened(str(folder), require, shown)
        return unmarked(keeper.document(source, name, problem, samples, judge))

    return ask


Ask = Callable[..., tuple[Any, Mark]]


def test_the_same_file_is_judged_once(ask: Ask, judge: Judge) -> None:
    first, second = ask(), ask()
    assert judge.asked == 1
    assert (first[1], second[1]) == (Mark(hit=False), Mark(hit=True))
    assert jsondoc.compact(first[0]) == jsondoc.compact(second[0])
    fresh = jsondoc.to_document(
        replace(judge.report, name="class/ann.py", timings={"total": 1 / 7})
    )
    assert jsondoc.compact(first[0]) == jsondoc.compact(fresh)


def test_the_name_shown_is_the_one_asked_for(ask: Ask, judge: Judge) -> None:
    documents = [ask(name=name)[0] for name in ("class/ann.py", "again/ann.py", "a\x1b/ann.py")]
    names = [document["submission"]["name"] for document in documents]
    assert names == ["class/ann.py", "again/ann.py", "a\\x1b/ann.py"]
    assert judge.asked == 1


def test_a_name_that_the_program_can_see_is_part_of_it(ask: Ask, judge: Judge) -> None:
    ask(name="class/ann.py")
    ask(name="class/bob.py")
    assert judge.asked == 2
    ask(name="standard input")
    ask(name="submission.py")
    assert judge.asked == 3


def test_another_source_problem_or_version_is_judged(
    ask: Ask, judge: Judge, training_step: Problem
) -> None:
    ask()
    ask(source=SOURCE + b"\n")
    ask(problem=replace(training_step, version="2e"))
    ask(problem=replace(training_step, id="other"))
    assert judge.asked == 4


def test_another_sample_or_another_judge_is_another_verdict(
    ask: Ask, judge: Judge, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    samples[0][1].write_text('"""Another mistake."""\n')
    ask()
    shutil.move(samples[0][1], samples[1][1])
    ask()
    assert judge.asked == 3
    monkeypatch.setattr(module, "_judge", lambda: b"another")
    ask()
    assert judge.asked == 4


def test_the_judge_is_what_is_installed_and_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    digest: Callable[[], bytes] = module._judge.__wrapped__
    before = digest()
    assert digest() == before == module._judge()
    monkeypatch.setattr(module, "_code", lambda: b"edited")
    edited = digest()
    monkeypatch.setattr(module, "distributions", lambda: ())
    assert len({before, edited, digest()}) == 3


def test_weaker_isolation_than_required_will_not_do(ask: Ask, judge: Judge) -> None:
    ask(require="none")
    assert ask(require="basic")[1].hit
    judge.report = replace(judge.report, isolation=Isolation("strict"))
    document, mark = ask(require="strict")
    assert (document["isolation"]["level"], mark.hit) == ("strict", False)
    assert ask(require="strict")[1].hit
    assert judge.asked == 2


def test_the_fuller_report_is_kept(ask: Ask, judge: Judge) -> None:
    assert ask(shown=False)[0]["program"] is None
    full, mark = ask(shown=True)
    assert (full["program"]["result"], mark.hit) == ("f32[]", False)
    assert ask(shown=True) == (full, Mark(hit=True))
    assert ask(shown=False) == ({**full, "program": None}, Mark(hit=True))
    judge.report = replace(judge.report, isolation=Isolation("strict"))
    assert ask(require="strict")[0]["program"] is None
    assert ask(require="strict", shown=True)[1].hit


def test_a_failure_of_the_judge_is_never_kept(ask: Ask, judge: Judge) -> None:
    judge.report = replace(judge.report, judgement=Judgement(Verdict.JUDGE_ERROR, ()))
    assert [ask()[1].hit for _ in range(2)] == [False, False]
    judge.report = replace(judge.report, judgement=Judgement(Verdict.ACCEPTED, ()))
    assert [ask()[0]["verdict"] for _ in range(2)] == ["accepted", "accepted"]
    assert judge.asked == 3


def test_what_was_changed_is_judged_anew_and_replaced(
    ask: Ask, judge: Judge, tmp_path: Path
) -> None:
    ask()
    (entry,) = (tmp_path / "kept").iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"wrong_answer", b"accepted"))
    document, mark = ask()
    assert (document["verdict"], mark.hit, judge.asked) == ("wrong_answer", False, 2)
    assert ask()[1].hit


def test_what_cannot_be_kept_is_said_and_shown_all_the_same(
    ask: Ask, judge: Judge, tmp_path: Path
) -> None:
    (tmp_path / "kept").rmdir()
    document, mark = ask()
    assert document["verdict"] == "wrong_answer"
    assert mark == Mark(hit=False, trouble="no such file or directory")


def test_a_mark_is_not_part_of_a_document() -> None:
    marked = Mark(hit=True).on({"schema": "x"})
    assert unmarked(json.loads(json.dumps(marked))) == ({"schema": "x"}, Mark(hit=True))
    assert unmarked({"schema": "x"}) == ({"schema": "x"}, Mark())


def test_a_problem_of_the_library_is_known_by_its_samples(
    built_in: Library, training_step: Problem, tmp_path: Path
) -> None:
    def key(samples: Samples) -> str:
        keeper: Keeper = opened(str(tmp_path / "kept"), "none", shown=False)
        keys = {keeper._key(SOURCE, "a.py", training_step, samples) for _ in range(2)}
        assert len(keys) == 1
        return keys.pop()

    samples = built_in.samples("scan_training_step")
    assert key(samples) == key(samples) != key(samples[1:])
