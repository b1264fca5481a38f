from __future__ import annotations

import pytest

import harness.repairs as module
from graders.slips.repair import Repair
from harness.engine import Engine
from harness.problem.model import Problem
from harness.repairs import repaired

BODY = """import jax, jax.numpy as jnp

def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        error = w * x - y
        return w {} lr * 2 * jnp.sum(error * x), {}
    return jax.lax.scan(step, w, (x_batches, y_batches)){}
"""
RIGHT = BODY.format("-", "None", "[0]")
WRONG = BODY.format("+", "None", "[0]")


def found(engine: Engine, problem: Problem, source: str) -> Repair | None:
    bank = engine.bank(problem)
    with engine._pool.lease() as parent:
        return repaired(problem, source.encode(), "mine.py", bank, parent)


def test_one_change_that_makes_a_submission_right_is_found(
    engine: Engine, training_step: Problem
) -> None:
    repair = found(engine, training_step, WRONG)
    assert repair is not None
    assert repair.line == 7
    assert repair.found == "`w + lr * 2 * jnp.sum(error * x)`"
    assert repair.wanted == "`w - lr * 2 * jnp.sum(error * x)`"


def test_a_result_of_another_type_is_mended_too(engine: Engine, training_step: Problem) -> None:
    repair = found(engine, training_step, BODY.format("-", "w", "[1]"))
    assert repair is not None
    assert repair.line == 8
    assert repair.wanted == "`jax.lax.scan(...)[0]`"


def test_none_is_told_where_none_helps(engine: Engine, training_step: Problem) -> None:
    assert found(engine, training_step, WRONG.replace("error * x", "error * x ** 3 + x")) is None
    assert found(engine, training_step, "raise SystemExit\n" + WRONG) is None
    assert found(engine, training_step, "def \n" + WRONG) is None


def test_what_helps_for_some_shapes_only_is_not_told(
    engine: Engine, training_step: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = RIGHT.replace("    return jax", "    if len(x_batches) == 1: return w\n    return jax")
    partly = Repair(1, "`a`", "`b`", source)
    monkeypatch.setattr(module, "repairs", lambda source: [partly])
    assert found(engine, training_step, WRONG) is None


def test_the_search_ends_in_time(
    engine: Engine, training_step: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SECONDS", -1.0)
    assert found(engine, training_step, WRONG) is None


def test_the_report_points_at_the_line(engine: Engine, training_step: Problem) -> None:
    source = RIGHT.replace("error * x)", "error * x) / 7")
    report = engine.judge(source.encode(), "mine.py", training_step)
    (finding,) = report.judgement.checks[0].findings
    assert finding.where is not None
    assert (finding.where.line, finding.where.source) == (7, source.splitlines()[6].strip())
    assert finding.cause.endswith("jnp.sum(error * x) / 7` in line 7.")
    assert finding.hint.startswith("Write `")
