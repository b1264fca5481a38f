"""Scans whose steps put out the result: sums and means of prefixes, and a walk from a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import pytest
from jax import lax

from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Argument, Dimension, Result, Rubric, ScanRule, Signature, Structure
from graders.structure import Programs, check
from graders.verdict import Finding, Status
from tests.graders.exercise import bank, traces

Function = Callable[..., Any]

SUMS = Rubric(
    entry="sums",
    dimensions=(Dimension("N", 1, 6),),
    arguments=(Argument("x", ("N",), "float32", -4, 4),),
    results=(Result(("N",), "float32"),),
    signature=Signature.flat(("x",)),
    structure=Structure(ScanRule("N", (), ("x",), outputs=True), ("N",)),
    batches=20,
)


def changed(**rule: Any) -> Rubric:
    scan = SUMS.structure.scan
    assert scan is not None
    return replace(SUMS, structure=replace(SUMS.structure, scan=replace(scan, **rule)))


def codes(function: Function, reference: Function, rubric: Rubric) -> list[str]:
    return [finding.code for finding in findings(function, reference, rubric)]


def findings(function: Function, reference: Function, rubric: Rubric) -> tuple[Finding, ...]:
    traced = {found.dimensions: found.program for found in traces(function, rubric)}
    programs = Programs(traced, {shape: normalize(p) for shape, p in traced.items()})
    found = check(rubric, bank(reference, rubric), programs, Evaluator(), [], correct=True)
    assert (found.status is Status.PASSED) == (not found.findings)
    return found.findings


def add(total: Any, value: Any) -> Any:
    return total + value, total + value


def sums(x: Any) -> Any:
    return lax.scan(add, 0.0, x)[1]


def sums_from_the_end(x: Any) -> Any:
    return lax.scan(add, 0.0, x, reverse=True)[1]


def buffered(x: Any) -> Any:
    def body(c: Any, value: Any) -> Any:
        return (c[0] + 1, c[1] + value, c[2].at[c[0]].set(c[1] + value)), None

    return lax.scan(body, (0, 0.0, jnp.zeros_like(x)), x)[0][2]


def buffered_with_outputs(x: Any) -> Any:
    def body(c: Any, value: Any) -> Any:
        return (c[0] + 1, c[1] + value, c[2].at[c[0]].set(c[1] + value)), 2 * value

    (_, total, table), rows = lax.scan(body, (0, 0.0, jnp.zeros_like(x)), x)
    return table + 0 * total + 0 * rows


def test_the_direction_is_judged_where_the_exercise_names_one() -> None:
    assert codes(sums_from_the_end, sums_from_the_end, changed(reverse=True)) == []
    assert codes(sums, sums, changed(reverse=False)) == []
    assert codes(sums, sums, changed(reverse=True)) == ["scan_direction"]
    assert codes(sums_from_the_end, sums, changed(reverse=False)) == ["scan_direction"]


def test_the_result_is_what_the_steps_put_out() -> None:
    assert codes(sums, sums, SUMS) == []
    assert codes(buffered, sums, SUMS) == ["scan_without_outputs"]
    assert codes(buffered_with_outputs, sums, SUMS) == ["outputs_unused"]


def means(x: Any) -> Any:
    def body(c: Any, value: Any) -> Any:
        return (c[0] + value, c[1] + 1), (c[0] + value) / (c[1] + 1)

    return lax.scan(body, (0.0, 0.0), x)[1]


def means_by_corrections(x: Any) -> Any:
    def body(c: Any, value: Any) -> Any:
        mean = c[0] + (value - c[0]) / (c[1] + 1)
        return (mean, c[1] + 1), mean

    return lax.scan(body, (0.0, 0.0), x)[1]


def means_from_kept_elements(x: Any) -> Any:
    def body(c: Any, value: Any) -> Any:
        kept, count = c[0].at[c[1]].set(value), c[1] + 1
        return (kept, count), jnp.sum(kept) / count

    return lax.scan(body, (jnp.zeros_like(x), 0), x)[1]


def only_counted(x: Any) -> Any:
    counts, values = lax.scan(lambda c, value: (c + 1, (c + 1, value + 0 * c)), 0.0, x)[1]
    return jnp.sum(jnp.where(jnp.tri(len(x)) > 0, values, 0.0), axis=1) / counts


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (means, []),
        (means_by_corrections, []),
        (means_from_kept_elements, ["carry_grows"]),
        (only_counted, ["rows_forgotten"]),
    ],
)
def test_what_is_carried_may_be_free_but_must_keep_the_rows_and_not_grow(
    function: Function, expected: list[str]
) -> None:
    assert codes(function, means, changed(follow=False)) == expected


def test_one_way_to_carry_may_be_asked_for() -> None:
    assert codes(means_by_corrections, means, SUMS) == ["not_the_work"]


WALK = Rubric(
    entry="walk",
    dimensions=(Dimension("N", 1, 6),),
    arguments=(
        Argument("seed", (), "int32", 0, 100),
        Argument("rows", ("N",), "float32", 1, 4),
    ),
    results=(Result(("N",), "float32"),),
    signature=Signature.flat(("seed", "rows")),
    structure=Structure(ScanRule("N", ("seed",), ("rows",), outputs=True), ("N",)),
    batches=20,
)


def following(seed: Any) -> Any:
    return (seed * 7 + 3) % 101


def walk(seed: Any, rows: Any) -> Any:
    def body(c: Any, size: Any) -> Any:
        seed = following(c[0])
        position = c[1] + size * (seed - 50.0)
        return (seed, position), position

    return lax.scan(body, (seed, 0.0), rows)[1]


def walk_kept_scaled(seed: Any, rows: Any) -> Any:
    def body(c: Any, size: Any) -> Any:
        seed = following(c["seed"])
        position = c["position"] - size * (seed - 50.0) / 2
        return {"seed": seed, "position": position}, -2 * position

    return lax.scan(body, {"seed": seed, "position": 0.0}, rows)[1]


def steps_added_afterwards(seed: Any, rows: Any) -> Any:
    def body(seed: Any, size: Any) -> Any:
        return following(seed), size * (following(seed) - 50.0)

    steps = lax.scan(body, seed, rows)[1]
    return jnp.sum(jnp.where(jnp.tri(len(steps)) > 0, steps, 0.0), axis=1)


def test_numbers_beside_a_carried_seed_are_followed() -> None:
    assert codes(walk, walk, WALK) == []
    assert codes(walk_kept_scaled, walk, WALK) == []
    found = findings(steps_added_afterwards, walk, WALK)
    assert [finding.code for finding in found] == ["not_the_work"]
    assert "its carry is not a value beside seed going from step to step" in found[0].message


def means_of_two(x: Any) -> Any:
    """Only the element before is carried; the means of all are made from what is put out."""

    def body(c: Any, value: Any) -> Any:
        return (value, c[1] + 1), (value + 0 * c[0], c[1] + 1)

    values, counts = lax.scan(body, (0.0, 0.0), x)[1]
    return jnp.sum(jnp.where(jnp.tri(len(x)) > 0, values, 0.0), axis=1) / counts


def test_a_row_kept_for_one_step_only_is_not_kept() -> None:
    assert codes(means_of_two, means, changed(follow=False)) == ["rows_forgotten"]


def means_from_the_end(x: Any) -> Any:
    def body(c: Any, value: Any) -> Any:
        mean = c[0] + (value - c[0]) / (c[1] + 1)
        return (mean, c[1] + 1), mean

    return lax.scan(body, (0.0, 0.0), x, reverse=True)[1]


def test_rows_are_kept_in_either_direction() -> None:
    assert codes(means_from_the_end, means_from_the_end, changed(follow=False)) == []
