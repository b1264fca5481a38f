"""Labelled submissions of every built-in problem get the verdict their folder promises.

All of the first problem, and some of each kind of the others; `make verify` judges all of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graders.verdict import CheckResult, Status, Verdict
from harness.engine import Engine
from harness.problem.library import Library, standard_library
from harness.problem.model import Problem
from harness.report.document import Report

_LIBRARY = standard_library({})
_SHORT_SECONDS = 4.0  # long enough for every program that ends, on a machine that does other work
_WHOLE = "scan_training_step"
_OF_A_KIND = 1


def _chosen(id: str) -> Iterator[tuple[Verdict, Path]]:
    """Of the samples of one kind, spread over the alphabet."""
    samples = _LIBRARY.samples(id)
    for verdict in dict.fromkeys(verdict for verdict, _ in samples):
        kind = [path for label, path in samples if label is verdict]
        most = len(kind) if id == _WHOLE else _OF_A_KIND
        for path in kind[:: max(1, len(kind) // most)][:most]:
            yield verdict, path


SAMPLES = [
    pytest.param(
        id,
        verdict,
        path,
        id=f"{id}/{verdict}/{path.stem}",
        marks=() if id == _WHOLE else pytest.mark.long,
    )
    for id in _LIBRARY.ids()
    for verdict, path in _chosen(id)
]


def _title(path: Path) -> str:
    """The first line of a file's docstring, found in files that do not compile as well."""
    first = path.read_text("utf-8").split("\n")[0]
    return first[3:].removesuffix('"""') if first.startswith('"""') else ""


def _impatient(problem: Problem) -> Problem:
    limits = problem.rubric.limits
    short = replace(limits, wall_seconds=_SHORT_SECONDS, cpu_seconds=_SHORT_SECONDS)
    return replace(problem, rubric=replace(problem.rubric, limits=short))


def _judge(judge: Engine, library: Library, id: str, verdict: Verdict, path: Path) -> Report:
    problem = library.load(id)
    if verdict is Verdict.TIME_LIMIT_EXCEEDED:
        problem = _impatient(problem)
    return judge.judge(path.read_bytes(), path.name, problem, library.samples(id))


def _check(report: Report, name: str) -> CheckResult:
    return next(check for check in report.judgement.checks if check.name == name)


@pytest.mark.parametrize(("id", "verdict", "path"), SAMPLES)
def test_the_verdict_is_the_folders(
    engine: Engine, built_in: Library, id: str, verdict: Verdict, path: Path
) -> None:
    report = _judge(engine, built_in, id, verdict, path)
    judgement = report.judgement
    assert judgement.verdict is verdict, judgement.checks
    findings = [finding for check in judgement.checks for finding in check.findings]
    if verdict is Verdict.ACCEPTED:
        assert judgement.score == judgement.max_score > 0
        assert judgement.evidence.batches >= built_in.load(id).rubric.batches
        assert "float32" in judgement.evidence.arithmetics
        assert findings == []
    else:
        assert judgement.score < judgement.max_score
        assert all(finding.code and finding.message for finding in findings)
        assert findings
    if verdict is Verdict.WRONG_ANSWER:
        assert _check(report, "correctness").findings[0].cause == _title(path)
        assert judgement.counterexample is not None
    if verdict is Verdict.WRONG_STRUCTURE:
        built = _check(report, "structure")
        assert built.status is Status.FAILED
        assert any(finding.hint for finding in built.findings)


@pytest.mark.parametrize("id", _LIBRARY.ids())
def test_every_sample_says_what_it_is_and_no_two_mistakes_the_same(id: str) -> None:
    titles = {path: _title(path) for _, path in _LIBRARY.samples(id)}
    assert [path.name for path, title in titles.items() if not title.endswith(".")] == []
    wrong = [titles[path] for verdict, path in _LIBRARY.samples(id) if verdict == "wrong_answer"]
    assert len(set(wrong)) == len(wrong)
