"""One program for each thing that can be found, and honest variety that must not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.bank import Bank
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Equation, Location, Program
from graders.jaxpr.normalize import normalize
from graders.rubric import Rubric, Structure, WhileRule
from graders.structure import Programs, check
from graders.verdict import CheckResult, Status, Verdict, Where
from tests.graders.exercise import (
    RUBRIC,
    bank,
    gradient,
    reference,
    traces,
    unrolled,
)
from tests.graders.programs import FOREIGN_NAME

Function = Callable[..., Any]


def checked(
    function: Function, *, correct: bool = True, rubric: Rubric = RUBRIC, drawn: Bank | None = None
) -> CheckResult:
    traced = {found.dimensions: found.program for found in traces(function, rubric)}
    programs = Programs(traced, {shape: normalize(p) for shape, p in traced.items()})
    return check(rubric, drawn or bank(), programs, Evaluator(), [], correct=correct)


def step(w: Any, lr: Any, x: Any, y: Any) -> Any:
    return w - lr * gradient(w, x, y)


def scan(body: Any, start: Any, xs: Any, **others: Any) -> Any:
    return lax.scan(body, start, xs, **others)


def jitted(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    body = jax.checkpoint(jax.jit(lambda w, r: (step(w, lr, *r), w)))
    return jax.jit(lambda w: scan(body, w, (xs, ys), unroll=2)[0])(w)


def stacked(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    rows = jnp.stack([xs, ys], axis=1)
    return scan(lambda c, r: ((step(c[0], c[1], r[0], r[1]), c[1]), None), (w, lr), rows)[0][0]


def statistics(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    rows = (jnp.sum(xs * xs, axis=1), jnp.sum(xs * ys, axis=1))
    return scan(lambda w, r: (w - 2 * lr * (w * r[0] - r[1]), None), w, rows)[0]


def backwards(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    rows = (xs[::-1], ys[::-1])
    return scan(lambda w, r: (step(w, lr, *r), None), w, rows, reverse=True)[0]


def negated(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return -scan(lambda v, r: (-step(-v, lr, *r), None), -w, (xs, ys))[0]


def one_step_later(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """Each update is carried beside the weight, and made at the next step."""

    def body(c: Any, r: Any) -> Any:
        current = c[0] - c[1]
        return (current, lr * gradient(current, *r)), None

    last, update = scan(body, (w, 0.0), (xs, ys))[0]
    return last - update


@pytest.mark.parametrize(
    "function", [reference, jitted, stacked, statistics, backwards, negated, one_step_later]
)
def test_honest_variety_is_accepted(function: Function) -> None:
    found = checked(function)
    assert not found.findings
    assert (found.status, found.score) == (Status.PASSED, 40)
    assert found.message == "one lax.scan over x_batches and y_batches, carrying w"


def closed_form(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    factors = jnp.cumprod(1 - 2 * lr * jnp.sum(xs * xs, axis=1))
    return w * factors[-1] + jnp.sum(2 * lr * jnp.sum(xs * ys, axis=1) * factors[-1] / factors)


def no_loop(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return w - lr * gradient(w, xs, ys)


def while_loop(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(c: Any) -> Any:
        return c[0] + 1, step(c[1], lr, xs[c[0]], ys[c[0]])

    return lax.while_loop(lambda c: c[0] < len(xs), body, (0, w))[1]


def dead(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    reference(w, lr, xs, ys)
    return unrolled(w, lr, xs, ys)


def times_nothing(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return while_loop(w, lr, xs, ys) + 1e-12 * reference(w, lr, xs, ys)


def never_taken(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.cond(w > 1e9, reference, while_loop, w, lr, xs, ys)


def sometimes_taken(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.cond(w > 0, reference, while_loop, w, lr, xs, ys)


def one_by_one(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    flat = xs.reshape(-1), ys.reshape(-1)
    return scan(lambda w, r: (step(w, lr, *r), None), w, flat)[0]


def indexed(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.fori_loop(0, len(xs), lambda i, w: step(w, lr, xs[i], ys[i]), w)


def numbered(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return scan(lambda w, i: (step(w, lr, xs[i], ys[i]), None), w, jnp.arange(len(xs)))[0]


def mapped(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return w - jnp.sum(lax.map(lambda r: lr * gradient(w, *r), (xs, ys)))


def half_scanned(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(c: Any, x: Any) -> Any:
        return (c[0] + 1, step(c[1], lr, x, ys[c[0]])), None

    return scan(body, (0, w), xs)[0][1]


def from_zero(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    slope = 1 - 2 * lr * jnp.sum(xs * xs, axis=1)
    moved = scan(lambda c, r: (r[0] * c + r[1], None), 0.0, (slope, 2 * lr * jnp.sum(xs * ys, 1)))
    return moved[0] + w * jnp.prod(slope)


def weighted_rows(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    rows = (jnp.broadcast_to(w, xs.shape[:1]) * 0 + lr + w * 1e-3, xs, ys)
    return scan(lambda c, r: (step(c, r[0] - w * 1e-3, r[1], r[2]), None), w, rows)[0]


def summed_before(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(w: Any, r: Any) -> Any:
        return step(w, lr, r[0] - r[2], r[1] - r[3]), None

    before = [jnp.concatenate([0 * v[:1], jnp.cumsum(v, axis=0)[:-1]]) for v in (xs, ys)]
    after = [jnp.cumsum(v, axis=0) for v in (xs, ys)]
    return scan(body, w, (*after, *before))[0]


def both_ways(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(w: Any, r: Any) -> Any:
        return step(w, lr, *r) + 1e-3 * jnp.sum(xs), None

    return scan(body, w, (xs, ys))[0]


def beside(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return reference(w, lr, xs, ys) + jnp.sum(xs) * 0.1


def elsewhere(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """Rows go through the scan unchanged in value; the loop over them is written out after it."""
    _, (x, y) = scan(lambda c, r: (c * 0.5, (r[0] + c - c, r[1] + c - c)), w, (xs, ys))
    return while_loop(w, lr, x, y)


def again(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """The carry goes the right way, but the result is computed from the rows that come out."""

    def body(c: Any, r: Any) -> Any:
        return step(c, lr, *r), (r[0] * 2, r[1] * 2)

    last, (x, y) = scan(body, w, (xs, ys))
    return while_loop(w, lr, x / 2, y / 2) + 0 * last


def calls_back(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    jax.debug.print("{}", w)
    return reference(w, lr, xs, ys)


def growing(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """One scan, and beside it one operation more for each row."""
    for number in range(len(xs)):
        lr = lr * (1 + 0.125 * number) - 0.125 * number * lr
    return reference(w, lr, xs, ys)


FOUND: list[tuple[Function, str, str]] = [
    (closed_form, "scan_absent", "combined by a cumulative operation"),
    (no_loop, "scan_absent", "computed without a loop"),
    (while_loop, "scan_absent", "it is a while loop"),
    (unrolled, "unrolled", "no lax.scan: the program grows with N: "),
    (dead, "scan_unused", "it is dead code"),
    (times_nothing, "scan_unused", "has no part in the result"),
    (never_taken, "scan_unused", "never run on the batches tried"),
    (sometimes_taken, "scan_unused", "run on"),
    (one_by_one, "scan_length", "steps where N is"),
    (indexed, "scan_without_xs", "nothing is scanned"),
    (mapped, "scan_without_carry", "only maps over rows"),
    (numbered, "not_scanned", "x_batches is not among the scanned inputs"),
    (half_scanned, "not_scanned", "y_batches is not among the scanned inputs"),
    (from_zero, "not_carried", "the starting carry does not depend on w"),
    (weighted_rows, "xs_from_carry", "the scanned inputs already depend on w"),
    (summed_before, "rows_mixed", "depends on several rows"),
    (both_ways, "captured", "the scan also gets x_batches by another way"),
    (beside, "beside", "beside the scan, not only by it"),
    (elsewhere, "not_the_work", "its carry is not w going from step to step"),
    (growing, "grows", "the program grows with N"),
    (calls_back, "host_callback", "calls back into Python (debug_"),
]


@pytest.mark.parametrize(
    ("function", "code", "message"), FOUND, ids=[f"{f.__name__}-{c}" for f, c, _ in FOUND]
)
def test_what_is_found(function: Function, code: str, message: str) -> None:
    found = checked(function)
    assert (found.status, found.score, found.verdict) == (
        Status.FAILED,
        0,
        Verdict.WRONG_STRUCTURE,
    )
    said = [finding.message for finding in found.findings if finding.code == code]
    assert any(message in text for text in said), found.findings
    assert all(finding.hint for finding in found.findings)
    assert found.message == found.findings[0].message


@pytest.mark.parametrize("threshold", [-1, 0, 1])
@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(
    "asked", [lambda w, lr, x: w, lambda w, lr, x: 64 * lr - 2.25, lambda w, lr, x: x[0, 0]]
)
def test_a_scan_that_is_run_for_some_arguments_only_is_found(
    asked: Function, sign: int, threshold: float
) -> None:
    def function(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
        chosen = sign * asked(w, lr, xs) > threshold
        return lax.cond(chosen, reference, while_loop, w, lr, xs, ys)

    assert "scan_unused" in {finding.code for finding in checked(function).findings}


def harmless_capture(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return scan(lambda w, r: (step(w, lr, *r) + 0 * jnp.sum(xs), None), w, (xs, ys))[0]


def harmless_beside(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return reference(w, lr, xs, ys) + 0 * jnp.sum(xs)


@pytest.mark.parametrize("function", [harmless_capture, harmless_beside])
def test_a_suspicion_that_makes_no_difference_is_dropped(function: Function) -> None:
    assert checked(function).status is Status.PASSED


def test_a_carry_that_the_result_is_not_made_of_is_found() -> None:
    assert {"carry_unused", "scan_unused"} & {finding.code for finding in checked(again).findings}


def test_where_the_result_is_wrong_the_way_there_is_not_compared() -> None:
    codes = [finding.code for finding in checked(elsewhere, correct=False).findings]
    assert "not_the_work" not in codes


def placed(program: Program) -> Program:
    def at(equation: Equation) -> Equation:
        where = Location(2, "step") if equation.primitive == "scan" else None
        return replace(equation, location=where)

    return replace(program, equations=tuple(map(at, program.equations)))


def where(lines: list[str]) -> Where | None:
    programs = {t.dimensions: placed(t.program) for t in traces(indexed)}
    found = check(RUBRIC, bank(), Programs(programs, programs), Evaluator(), lines, correct=True)
    return found.findings[0].where


def test_findings_point_at_lines() -> None:
    assert where(["import jax", "  lax.scan(f)  "]) == Where(2, "step", "lax.scan(f)")
    assert where(["import jax"]) == Where(2, "step", "")


def test_an_operation_that_is_not_of_jax_is_found() -> None:
    def foreign(program: Program) -> Program:
        first, *others = program.equations
        return replace(program, equations=(replace(first, primitive=FOREIGN_NAME), *others))

    traced = {t.dimensions: foreign(t.program) for t in traces(reference)}
    found = check(RUBRIC, bank(), Programs(traced, traced), Evaluator(), [], correct=True)
    assert [finding.code for finding in found.findings] == ["foreign_operation"]
    assert "(mine)" in found.findings[0].message


FREE = replace(RUBRIC, structure=Structure())


def test_without_a_rule_everything_is_built_as_asked() -> None:
    found = checked(unrolled, rubric=FREE)
    assert (found.status, found.message) == (Status.PASSED, "built as asked")


def test_without_a_scan_rule_only_growth_counts() -> None:
    only_size = replace(RUBRIC, structure=Structure(None, ("N",)))
    assert [finding.code for finding in checked(unrolled, rubric=only_size).findings] == ["grows"]
    assert checked(while_loop, rubric=only_size).status is Status.PASSED


@pytest.mark.parametrize(
    ("others", "instead"),
    [
        ({}, "lax.scan"),
        ({"forbidden": ("scan", "while")}, "jax.vmap"),
        ({"forbidden": ("scan",), "loop": WhileRule(())}, "lax.while_loop"),
    ],
)
def test_what_stands_for_a_loop_written_out(others: Any, instead: str) -> None:
    structure = Structure(None, ("N",), **others)
    first = checked(unrolled, rubric=replace(RUBRIC, structure=structure)).findings[0]
    assert f"one {instead} takes the same program" in first.hint


def turned_in_branches(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """The arguments are turned and reshaped in the branches of a cond, which makes nothing new."""
    turned = lax.cond(w > 0, lambda: xs.T.reshape(-1) @ ys.T.reshape(-1), lambda: lr)
    return w - lr * turned


def table_in_branches(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return w - lr * lax.cond(w > 0, lambda: jnp.sum(xs * ys), lambda: w)


def test_what_is_only_rearranged_is_no_intermediate() -> None:
    rubric = replace(RUBRIC, structure=Structure(largest="N"))
    assert checked(turned_in_branches, rubric=rubric).status is Status.PASSED
    (finding,) = checked(table_in_branches, rubric=rubric).findings
    assert finding.message.startswith("mul makes an array of 24 elements (float32[6,4]) for N=6")


def test_it_is_said_what_makes_a_forbidden_loop() -> None:
    rubric = replace(RUBRIC, structure=Structure(forbidden=("scan", "sin")))
    (finding,) = checked(indexed, rubric=rubric).findings
    assert finding.hint.startswith("lax.scan, lax.map and a lax.fori_loop of fixed bounds")


def swapped_reference(function: Function) -> Bank:
    programs = {t.dimensions: t.program for t in traces(function)}
    return replace(bank(), programs=tuple(programs[shape] for shape in bank().shapes))


@pytest.mark.parametrize("function", [while_loop, from_zero])
def test_a_reference_without_such_a_carry_gives_nothing_to_compare_with(function: Function) -> None:
    assert checked(reference, drawn=swapped_reference(function)).status is Status.PASSED


def test_shared_programs_are_looked_at_once() -> None:
    def twice(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
        inner = jax.jit(lambda v: v * np.float32(1))
        return reference(inner(inner(w)), lr, xs, ys)

    assert checked(twice).status is Status.PASSED
