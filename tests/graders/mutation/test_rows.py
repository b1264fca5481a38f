"""Scans of other rows and of fewer steps."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.model import Program
from graders.mutation.rows import fewer_steps, other_rows
from tests.graders.mutation.changes import ONE, labels, normal, only, run, variants

ROWS = np.ones(3, np.float32)
X, Y = [1, 2, 3], [10, 20, 30]


def pairs_seen(w: Any, x: Any, y: Any, reverse: bool = False) -> Any:
    """Carries a number through which the order shows, and puts out what each step saw."""

    def step(w: Any, row: Any) -> Any:
        return w * 2 + row[0], row[0] + row[1]

    return lax.scan(step, w, (x, y), reverse=reverse)


FORWARD = normal(pairs_seen, ONE, ROWS, ROWS)
BACKWARD = normal(lambda w, x, y: pairs_seen(w, x, y, True), ONE, ROWS, ROWS)


def found(made: dict[str, Program]) -> dict[str, list[Any]]:
    return {
        label: [result.tolist() for result in run(program, 0, X, Y)]
        for label, program in made.items()
    }


def test_steps_see_other_rows() -> None:
    assert found(variants(other_rows, FORWARD, "scan")) == {
        "xs 1 reversed": [17, [13, 22, 31]],
        "xs 2 reversed": [11, [31, 22, 13]],
        "xs 1 next row": [17, [12, 23, 33]],
        "xs 2 next row": [11, [21, 32, 33]],
        "all xs next row": [17, [22, 33, 33]],
        "xs 1 previous row": [8, [11, 21, 32]],
        "xs 2 previous row": [11, [11, 12, 23]],
        "all xs previous row": [8, [11, 11, 22]],
    }


def test_rows_keep_their_axes_and_one_operand_is_not_moved_twice() -> None:
    def function(w: Any, x: Any) -> Any:
        return lax.scan(lambda w, row: (w + row, None), w, x)[0]

    program = normal(function, np.ones(2, np.float32), np.ones((3, 2), np.float32))
    made = variants(other_rows, program, "scan")
    assert list(made) == ["xs 1 reversed", "xs 1 next row", "xs 1 previous row"]
    (result,) = run(made["xs 1 next row"], [0, 0], [[1, 2], [3, 4], [5, 6]])
    assert result.tolist() == [13, 16]


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (
            FORWARD,
            {
                "scan without its last step": [4, [11, 22, 0]],
                "scan without its first step": [7, [0, 22, 33]],
            },
        ),
        (
            BACKWARD,
            {
                "scan without its last step": [8, [0, 22, 33]],
                "scan without its first step": [5, [11, 22, 0]],
            },
        ),
    ],
)
def test_a_step_is_not_taken(program: Program, expected: dict[str, Any]) -> None:
    assert found(variants(fewer_steps, program, "scan")) == expected


def test_the_only_step_is_not_taken() -> None:
    program = normal(pairs_seen, ONE, ROWS[:1], ROWS[:1])
    (changed,) = variants(fewer_steps, program, "scan").values()
    assert [result.tolist() for result in run(changed, 5, [1], [2])] == [5, [0]]
    assert labels(other_rows, only(program, "scan")) == []
    none = normal(pairs_seen, ONE, ROWS[:0], ROWS[:0])
    assert labels(fewer_steps, only(none, "scan")) == []


def test_keys_that_are_put_out_cannot_be_zero() -> None:
    def function(x: Any) -> Any:
        return lax.scan(lambda w, row: (w + row, jax.random.key(3)), ONE, x)

    scan = only(normal(function, ROWS), "scan")
    assert labels(fewer_steps, scan) == []


@pytest.mark.parametrize("operator", [other_rows, fewer_steps])
def test_plain_equations_are_left_alone(operator: Any) -> None:
    assert labels(operator, only(normal(lambda x: -x, ONE), "neg")) == []
