"""Inputs, operands and results in each other's place."""

from __future__ import annotations

from typing import Any

import numpy as np
from jax import lax

from graders.mutation.wiring import swapped_inputs, swapped_loop_operands, swapped_results
from tests.graders.mutation.changes import ONE, gives, labels, normal, only, run

ROWS = np.ones(3, np.float32)


def test_operands_of_a_scan_are_swapped_within_their_kind() -> None:
    def function(a: Any, b: Any, w: Any, v: Any, x: Any, y: Any) -> Any:
        def step(carry: Any, row: Any) -> Any:
            return (carry[0] * a + row[0], carry[1] * b - row[1]), None

        return lax.scan(step, (w, v), (x, y))[0]

    scan = only(normal(function, *[ONE] * 4, ROWS, ROWS), "scan")
    assert labels(swapped_loop_operands, scan) == [
        "consts 1 and 2 swapped",
        "starts 1 and 2 swapped",
        "xs 1 and 2 swapped",
    ]
    change = next(swapped_loop_operands(scan))
    assert change.equations[0].inputs == (scan.inputs[1], scan.inputs[0], *scan.inputs[2:])


def test_operands_of_a_while_loop_and_of_branches_are_swapped() -> None:
    def looped(a: Any, b: Any, w: Any, v: Any) -> Any:
        return lax.while_loop(lambda c: c[0] < a, lambda c: (c[0] + a, c[1] - b), (w, v))

    assert labels(swapped_loop_operands, only(normal(looped, *[ONE] * 4), "while")) == [
        "consts 1 and 2 swapped",
        "starts 1 and 2 swapped",
    ]

    def chosen(p: Any, x: Any, y: Any) -> Any:
        return lax.cond(p, lambda x, y: x - y, lambda x, y: y - x, x, y)

    program = normal(chosen, np.bool_(True), ONE, ONE)
    assert labels(swapped_loop_operands, only(program, "cond")) == ["operands 1 and 2 swapped"]
    assert labels(swapped_loop_operands, only(normal(lambda x: -x, ONE), "neg")) == []


def test_inputs_of_one_type_are_swapped() -> None:
    program = normal(lambda x, y, z: x - y + z.sum(), ONE, ONE, ROWS)
    ((label, _, changed),) = swapped_inputs(program)
    assert label == "inputs 1 and 2 swapped"
    assert gives(changed, 1, 5, [0, 0, 0]) == 4


def test_results_of_one_type_are_swapped() -> None:
    program = normal(lambda x: (x, x + 1, x > 0), ONE)
    ((label, _, changed),) = swapped_results(program)
    assert label == "results 1 and 2 swapped"
    assert [result.tolist() for result in run(changed, 3)] == [4, 3, True]
