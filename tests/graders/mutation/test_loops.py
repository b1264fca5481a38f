"""Loops that carry the wrong thing, run the wrong way, or branch the wrong way."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.model import Program, Variable
from graders.mutation.loops import (
    MOST_PAIRS,
    first_carry,
    other_branch,
    other_output,
    pairs,
    permuted_carry,
    reversed_scan,
    stale_carry,
)
from tests.graders.mutation.changes import ONE, labels, normal, only, run, variants
from tests.graders.programs import SCALAR, Builder, number, scan_params, vector

ROWS = np.ones(3, np.float32)


def values(made: dict[str, Program], *arguments: Any) -> dict[str, list[Any]]:
    return {
        label: [result.tolist() for result in run(program, *arguments)]
        for label, program in made.items()
    }


def two_sums(a: Any, b: Any, x: Any) -> Any:
    """Carries a sum and a sum of squares, and puts out the first before and after each step."""

    def step(carry: Any, row: Any) -> Any:
        first, second = carry[0] + row, carry[1] + row * row
        return (first, second), (carry[0], first)

    return lax.scan(step, (a, b), x)


SUMS = normal(two_sums, ONE, ONE, ROWS)
COUNT = normal(
    lambda a, b: lax.while_loop(lambda c: c[0] < 3, lambda c: (c[0] + 1, c[1] * 2), (a, b)),
    ONE,
    ONE,
)


def test_what_a_loop_gives_changes_places() -> None:
    made = variants(permuted_carry, SUMS, "scan")
    assert values(made, 0, 0, [1, 2, 3]) == {
        "carry 1 and 2 swapped": [12, 8, [0, 1, 5], [1, 3, 8]],
        "ys 1 and 2 swapped": [6, 14, [1, 3, 6], [0, 1, 3]],
    }
    assert labels(permuted_carry, only(COUNT, "while")) == ["carry 1 and 2 swapped"]


def test_a_slot_of_the_carry_stays_as_it_was() -> None:
    made = variants(stale_carry, SUMS, "scan")
    assert values(made, 0, 1, [1, 2, 3]) == {
        "carry 1 stale": [0, 15, [0, 0, 0], [1, 2, 3]],
        "carry 2 stale": [6, 1, [0, 1, 3], [1, 3, 6]],
    }
    assert labels(stale_carry, only(COUNT, "while")) == ["carry 1 stale", "carry 2 stale"]


def test_a_slot_that_is_stale_already_stays() -> None:
    body = Builder(SCALAR, SCALAR)
    builder = Builder(SCALAR, vector(3))
    inner = body.gives(body.inputs[0])
    builder.many("scan", [SCALAR], *builder.inputs, **scan_params(inner, 0, 1, 3))
    assert labels(stale_carry, builder.equations[0]) == []
    assert labels(first_carry, builder.equations[0]) == []


def test_each_step_reads_what_the_carry_began_as() -> None:
    made = variants(first_carry, SUMS, "scan")
    assert values(made, 10, 1, [1, 2, 3]) == {
        "carry 1 read as it began": [13, 15, [10, 10, 10], [11, 12, 13]],
        "carry 2 read as it began": [16, 10, [10, 11, 13], [11, 13, 16]],
    }


def test_a_step_puts_out_the_carry_before_or_after_it() -> None:
    made = variants(other_output, SUMS, "scan")
    assert values(made, 0, 0, [1, 2, 3]) == {
        "ys 1 from the carry after the step": [6, 14, [1, 3, 6], [1, 3, 6]],
        "ys 2 from the carry before the step": [6, 14, [0, 1, 3], [0, 1, 3]],
    }


def test_a_scan_runs_the_other_way() -> None:
    (program,) = variants(reversed_scan, SUMS, "scan").values()
    assert run(program, 0, 0, [1, 2, 3])[2].tolist() == [5, 3, 0]
    single = normal(two_sums, ONE, ONE, ROWS[:1])
    assert labels(reversed_scan, only(single, "scan")) == []


def test_branches_change_places_or_are_always_the_same() -> None:
    def function(i: Any, x: Any) -> Any:
        return lax.switch(i, [jnp.sin, jnp.cos, lambda x: x], x)

    program = normal(function, np.int32(0), ONE)
    made = variants(other_branch, program, "cond")
    found = {label: result[0] for label, result in values(made, 2, 5).items()}
    assert found == {
        "branches 1 and 2 swapped": 5,
        "branches 2 and 3 swapped": pytest.approx(np.cos(5)),
        "always branch 1": pytest.approx(np.sin(5)),
        "always branch 2": pytest.approx(np.cos(5)),
        "always branch 3": 5,
    }


def test_one_branch_twice_is_no_choice() -> None:
    body = normal(jnp.sin, ONE)
    builder = Builder(SCALAR)
    builder.one("cond", SCALAR, number(0, "int32"), *builder.inputs, branches=(body, body))
    assert labels(other_branch, builder.equations[0]) == []


@pytest.mark.parametrize(
    "operator",
    [permuted_carry, stale_carry, first_carry, other_output, reversed_scan, other_branch],
)
def test_plain_equations_are_left_alone(operator: Any) -> None:
    assert labels(operator, only(normal(lambda x: -x, ONE), "neg")) == []


def test_pairs_are_of_one_type_different_and_not_too_many() -> None:
    first, second = Variable(SCALAR), Variable(SCALAR)
    atoms = (first, first, Variable(vector(2)), second, number(1.0), number(1.0))
    assert list(pairs(atoms, 0, 6)) == [
        (0, 3),
        (0, 4),
        (0, 5),
        (1, 3),
        (1, 4),
        (1, 5),
        (3, 4),
        (3, 5),
    ]
    assert list(pairs(atoms, 3, 5)) == [(3, 4)]
    many = [Variable(SCALAR) for _ in range(20)]
    assert len(list(pairs(many, 0, 20))) == MOST_PAIRS
