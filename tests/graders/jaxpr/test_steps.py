"""What a step gives is held against what it declares, and what fails in it is told apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graders.jaxpr.interpret import Broken, Evaluator
from graders.jaxpr.model import Array, ArrayType, Program
from tests.graders.programs import SCALAR, Builder, applied, vector

_OTHER_SHAPE = applied("transpose", [ArrayType("float32", (2, 3))], ArrayType("float32", (2, 3)),
                       permutation=(1, 0))  # fmt: skip


def run(program: Program, *values: Any) -> list[Array]:
    return Evaluator().prepare(program)(values)


def test_a_result_of_another_shape_is_refused_where_it_arises() -> None:
    program = applied("squeeze", [vector(4)], vector(4), dimensions=(0,))
    assert run(program, np.ones(4))[0].shape == (4,)
    with pytest.raises(Broken, match="transpose does not give what it declares"):
        run(_OTHER_SHAPE, np.ones((2, 3)))


def test_several_results_of_another_shape_are_refused() -> None:
    builder = Builder(vector(4))
    parts = builder.many("split", [vector(2), vector(2)], *builder.inputs, sizes=(1, 3), axis=0)
    with pytest.raises(Broken, match="split"):
        run(builder.gives(*parts), np.ones(4))


@pytest.mark.parametrize(
    ("program", "fault"),
    [
        (applied("transpose", [vector(4)], vector(4)), KeyError),
        (applied("reduce_sum", [vector(4)], SCALAR, axes=(3,)), np.exceptions.AxisError),
        (applied("neg", [vector(4)], SCALAR), None),
        (_OTHER_SHAPE, None),
    ],
    ids=["prepared", "run", "ill typed", "another shape"],
)
def test_what_no_rule_expected_is_told_from_what_is_ill_typed(
    program: Program, fault: type[Exception] | None
) -> None:
    with pytest.raises(Broken) as caught:
        run(program, np.ones(program.inputs[0].type.shape))
    assert type(caught.value.fault) is (fault or type(None))
    assert ("cannot be evaluated" in str(caught.value)) is (fault is not None)
