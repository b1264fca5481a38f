"""Reductions of another kind, over another axis, from the other end."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.model import ArrayType
from graders.mutation.reductions import (
    mean_for_sum,
    other_axis,
    other_direction,
    other_reduction,
    other_running_axis,
)
from tests.graders.mutation.changes import ONE, labels, normal, only, results, variants
from tests.graders.programs import Builder, vector

LINE = np.ones(3, np.float32)
SQUARE = np.ones((2, 2), np.float32)
NUMBERS = [[1, 2], [3, 4]]


def test_a_sum_becomes_another_reduction() -> None:
    program = normal(jnp.sum, LINE)
    assert results(variants(other_reduction, program, "reduce_sum"), [[2, 3, 4]]) == {
        "reduce_sum->reduce_max": 4,
        "reduce_sum->reduce_min": 2,
        "reduce_sum->reduce_prod": 24,
    }
    program = normal(jnp.argmax, LINE)
    assert results(variants(other_reduction, program, "argmax"), [[2, 3, 4]]) == {
        "argmax->argmin": 0
    }
    program = normal(jnp.cumsum, LINE)
    assert results(variants(other_reduction, program, "cumsum"), [[2, 4, 3]]) == {
        "cumsum->cummax": [2, 4, 4],
        "cumsum->cummin": [2, 2, 2],
        "cumsum->cumprod": [2, 8, 24],
    }


def test_complex_numbers_have_no_largest() -> None:
    program = normal(jnp.sum, np.ones(2, np.complex64))
    assert labels(other_reduction, only(program, "reduce_sum")) == ["reduce_sum->reduce_prod"]
    assert labels(other_reduction, only(normal(lambda x: -x, ONE), "neg")) == []


def test_a_sum_becomes_a_mean() -> None:
    program = normal(lambda x: x.sum(0), SQUARE)
    assert results(variants(mean_for_sum, program, "reduce_sum"), [NUMBERS]) == {
        "reduce_sum->mean": [2, 3]
    }


@pytest.mark.parametrize(
    "values", [np.ones(1, np.float32), np.ones(3, np.int32), np.ones((0, 2), np.float32)]
)
def test_a_mean_of_one_of_none_or_of_whole_numbers_is_not_tried(values: np.ndarray) -> None:
    program = normal(lambda x: x.sum(axis=0, keepdims=False), values)
    assert labels(mean_for_sum, only(program, "reduce_sum")) == []
    assert labels(mean_for_sum, only(normal(lambda x: -x, ONE), "neg")) == []


def test_a_mean_of_a_type_numpy_does_not_know_is_not_tried() -> None:
    builder = Builder(vector(3, "float8_e4m3fn"))
    builder.one("reduce_sum", ArrayType("float8_e4m3fn"), *builder.inputs, axes=(0,))
    assert labels(mean_for_sum, builder.equations[0]) == []


def test_a_running_sum_runs_the_other_way() -> None:
    program = normal(jnp.cumsum, LINE)
    assert results(variants(other_direction, program, "cumsum"), [[1, 2, 3]]) == {
        "cumsum reversed": [6, 5, 3]
    }
    assert labels(other_direction, only(normal(jnp.sum, LINE), "reduce_sum")) == []


def test_another_axis_of_the_same_extent_is_reduced() -> None:
    program = normal(lambda x: x.sum(0), SQUARE)
    assert results(variants(other_axis, program, "reduce_sum"), [NUMBERS]) == {
        "reduce_sum axis 0->1": [3, 7]
    }
    block = normal(lambda x: x.sum((0, 2)), np.ones((2, 2, 3), np.float32))
    assert labels(other_axis, only(block, "reduce_sum")) == ["reduce_sum axis 0->1"]
    wide = normal(lambda x: x.sum(0), np.ones((2, 3), np.float32))
    assert labels(other_axis, only(wide, "reduce_sum")) == []
    assert labels(other_axis, only(normal(lambda x: -x, ONE), "neg")) == []


def test_what_keeps_its_shape_runs_along_any_axis() -> None:
    program = normal(lambda x: jnp.cumsum(x, 0), SQUARE)
    assert results(variants(other_running_axis, program, "cumsum"), [NUMBERS]) == {
        "cumsum axis 0->1": [[1, 3], [3, 7]]
    }
    program = normal(lambda x: lax.sort(x, dimension=1), SQUARE)
    assert results(variants(other_running_axis, program, "sort"), [[[4, 1], [2, 3]]]) == {
        "sort axis 1->0": [[2, 1], [4, 3]]
    }
    builder = Builder()
    table = builder.gives(builder.one("iota", vector(2), dimension=0))
    assert labels(other_running_axis, only(table, "iota")) == []
    assert labels(other_running_axis, only(normal(lambda x: -x, ONE), "neg")) == []
