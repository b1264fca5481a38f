"""No attack gets more than it declares, touches anything, or changes another verdict."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from graders.verdict import Verdict
from harness.engine import Engine
from harness.problem.model import Problem
from harness.report import jsondoc, terminal
from harness.report.document import Report
from tests.attacks.attack import HONEST, LEVELS, Attack, corpus
from tests.attacks.witnesses import Witnesses, processes, witnesses

_ATTACKS = corpus()
_CASES = [
    pytest.param(
        attack,
        level,
        id=f"{attack.path.stem}-{level}",
        # The box is what submissions are in; with less of it the judge must hold out by itself.
        marks=() if level == max(attack.levels, key=LEVELS.index) else pytest.mark.long,
    )
    for attack in _ATTACKS
    for level in attack.levels
]
_SETTLED_SECONDS = 5.0
_LATE_SECONDS = 10.0

Judges = Callable[[str], Engine]


@pytest.fixture(scope="module")
def problem(training_step: Problem) -> Problem:
    """The training step on few small shapes, so that a judgement takes little time."""
    rubric = training_step.rubric
    dimensions = tuple(replace(dimension, max=3) for dimension in rubric.dimensions)
    small = replace(rubric, batches=40, dimensions=dimensions)
    return replace(training_step, version=f"{training_step.version}-small", rubric=small)


@pytest.fixture(scope="module")
def targets(
    tmp_path_factory: pytest.TempPathFactory, training_step: Problem
) -> Iterator[Witnesses]:
    with witnesses(tmp_path_factory.mktemp("victim"), training_step.reference) as found:
        yield found


@pytest.fixture(scope="module")
def judges(cache_folder: Path, targets: Witnesses) -> Iterator[Judges]:
    """A running judge for each level of isolation, started when first asked for."""
    running: dict[str, Engine] = {}
    with ExitStack() as stack:

        def judge(level: str) -> Engine:
            if level not in running:
                running[level] = stack.enter_context(Engine(most=level, warm=True))
            return running[level]

        yield judge


def _with_time(problem: Problem, attack: Attack) -> Problem:
    limits = problem.rubric.limits
    short = replace(limits, wall_seconds=attack.wall_seconds, cpu_seconds=attack.wall_seconds)
    return replace(problem, rubric=replace(problem.rubric, limits=short))


def _folder(judge: Engine) -> Path:
    with judge._pool.lease() as parent:
        isolation = parent.isolation.result()
        if isolation.level != judge.most:
            pytest.skip(f"no {judge.most} isolation on this machine: {dict(isolation.missing)}")
        return parent.folder


def _settled(folder: Path, before: set[int]) -> set[int]:
    """The processes there are more than before, once the dead are gone."""
    deadline = time.monotonic() + _SETTLED_SECONDS
    while (more := processes(folder) - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    return more


def _said(report: Report) -> str:
    """All a report says, having checked that it says it in plain text."""
    document, page = jsondoc.render(report), terminal.render(report)
    json.loads(document)
    for character in page.replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cf"), repr(character)
    return document + page + report.output.stdout + report.output.stderr


@pytest.mark.parametrize(("attack", "level"), _CASES)
def test_attack(
    attack: Attack, level: str, judges: Judges, problem: Problem, targets: Witnesses
) -> None:
    judge = judges(level)
    folder = _folder(judge)
    before = processes(folder)
    hasty = _with_time(problem, attack)
    started = time.monotonic()
    for _ in range(1 + attack.twice):
        report = judge.judge(attack.source(targets.words), attack.path.name, hasty)
        said = _said(report)
        judgement = report.judgement
        assert judgement.verdict in attack.verdicts(level), (judgement.checks, report.output)
        if judgement.verdict is not Verdict.ACCEPTED:
            assert judgement.score < judgement.max_score
        assert "GOT" not in report.output.stdout, report.output.stdout[:2000]
        assert targets.leaked(said) == []
        assert len(said) < 1 << 20
    assert time.monotonic() - started < 2 * attack.wall_seconds + _LATE_SECONDS
    assert targets.connections() == []
    assert targets.damage() == []
    if _folder(judge) == folder:  # else the parent died, and everything with it
        assert _settled(folder, before) == set()
    else:
        assert _settled(folder, set()) == set()
    if level == attack.levels[0]:
        after = judge.judge(HONEST, "honest.py", problem)
        assert after.judgement.verdict is Verdict.ACCEPTED, after.judgement.checks
        assert after.judgement.score == after.judgement.max_score


def test_every_attack_declares_what_is_to_come_of_it() -> None:
    for attack in _ATTACKS:
        assert attack.path.read_text("utf-8").startswith('"""'), attack.path
        assert set(attack.levels) <= set(LEVELS), attack.path
        for level in attack.levels:
            assert attack.verdicts(level), attack.path
        known = {"expect", "levels", "then", "wall", "twice"} | {f"expect {x}" for x in LEVELS}
        assert set(attack.fields) <= known, attack.path
