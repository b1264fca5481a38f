"""Elements taken from elsewhere, put elsewhere, in another order."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.model import ArrayType
from graders.mutation.places import (
    other_broadcast,
    other_contraction,
    other_flip,
    other_index,
    other_joined_axis,
    other_order,
    other_padding,
    other_start,
    other_transposition,
)
from tests.graders.mutation.changes import (
    ONE,
    changed,
    gives,
    labels,
    normal,
    only,
    results,
    variants,
)
from tests.graders.programs import Builder, vector

LINE = np.ones(3, np.float32)
SQUARE = np.ones((2, 2), np.float32)
WIDE = np.ones((2, 3), np.float32)
NUMBERS = [[1, 2], [3, 4]]
PLACE = np.int32(0)


@pytest.mark.parametrize(
    "operator",
    [
        other_broadcast,
        other_contraction,
        other_flip,
        other_index,
        other_joined_axis,
        other_order,
        other_padding,
        other_start,
        other_transposition,
    ],
)
def test_other_equations_are_left_alone(operator: Any) -> None:
    assert labels(operator, only(normal(lambda x: -x, ONE), "neg")) == []
    builder = Builder()
    builder.one("iota", vector(2), dimension=0)
    assert labels(operator, builder.equations[0]) == []


def test_joined_parts_change_places() -> None:
    program = normal(lambda x: jnp.concatenate([x, -x, -x + 1]), LINE[:1])
    assert results(variants(other_order, program, "concatenate"), [[5]]) == {
        "parts 1 and 2 swapped": [-5, 5, -4],
        "parts 2 and 3 swapped": [5, -4, -5],
    }
    twice = normal(lambda x: jnp.concatenate([x, x]), LINE)
    assert labels(other_order, only(twice, "concatenate")) == []


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [((2, 0), (0, 0), []), ((0, 0), (0, 0), ["concatenate axis 0->1"]), ((2, 3), (1, 3), [])],
)
def test_parts_are_joined_along_another_axis_where_that_fits(
    left: tuple[int, int], right: tuple[int, int], found: list[str]
) -> None:
    program = normal(lambda x, y: jnp.concatenate([x, y], 0), np.zeros(left), np.zeros(right))
    assert labels(other_joined_axis, only(program, "concatenate")) == found


def test_an_array_is_turned_along_another_axis() -> None:
    program = normal(lambda x: lax.rev(x, (0,)), SQUARE)
    assert results(variants(other_flip, program, "rev"), [NUMBERS]) == {
        "rev axis 0->1": [[2, 1], [4, 3]]
    }


def test_axes_of_one_extent_change_places_in_a_transposition() -> None:
    program = normal(lambda x: x.T, SQUARE)
    assert results(variants(other_transposition, program, "transpose"), [NUMBERS]) == {
        "transposed axes 0 and 1 swapped": NUMBERS
    }
    assert labels(other_transposition, only(normal(lambda x: x.T, WIDE), "transpose")) == []


def test_rows_are_broadcast_for_columns() -> None:
    program = normal(lambda x: lax.broadcast_in_dim(x, (2, 2), (1,)), np.ones(2, np.float32))
    assert results(variants(other_broadcast, program, "broadcast_in_dim"), [[1, 2]]) == {
        "broadcast 1->0": [[1, 1], [2, 2]]
    }
    full = normal(lambda x: lax.broadcast_in_dim(x, (2, 2, 2), (0, 1)), SQUARE)
    assert labels(other_broadcast, only(full, "broadcast_in_dim")) == ["broadcast 1->2"]


def test_a_slice_moves_as_far_as_there_are_elements() -> None:
    program = normal(lambda x: x[1:3], np.ones(4, np.float32))
    assert results(variants(other_start, program, "slice"), [[1, 2, 3, 4]]) == {
        "slice start +1 on axis 0": [3, 4],
        "slice start -1 on axis 0": [1, 2],
    }
    rows = normal(lambda x: x[:1], SQUARE)
    assert labels(other_start, only(rows, "slice")) == ["slice start +1 on axis 0"]


def test_a_computed_position_moves() -> None:
    program = normal(lambda x, i: lax.dynamic_slice(x, (i,), (1,)), LINE, PLACE)
    assert results(variants(other_index, program, "dynamic_slice"), [[1, 2, 3], 1]) == {
        "dynamic_slice index 1 +1": [3],
        "dynamic_slice index 1 -1": [1],
    }
    program = normal(lambda x, i: lax.dynamic_update_slice(x, x[:1], (i,)), LINE, PLACE)
    assert results(variants(other_index, program, "dynamic_update_slice"), [[5, 6, 7], 1]) == {
        "dynamic_update_slice index 1 +1": [5, 6, 5],
        "dynamic_update_slice index 1 -1": [5, 6, 7],
    }
    program = normal(lambda x, i: x.at[i].set(0, mode="clip"), LINE, np.zeros(1, np.int32))
    scatter = only(program, "scatter")
    first, _ = other_index(scatter)
    assert first.label == "scatter index 1 +1"
    assert gives(changed(program, scatter, first), [1, 2, 3], [1]) == [1, 2, 0]


def test_a_position_that_is_a_literal_is_a_number_among_others() -> None:
    program = normal(lambda x: lax.dynamic_slice(x, (1,), (1,)), LINE)
    assert labels(other_index, only(program, "dynamic_slice")) == []


def test_a_position_of_a_type_numpy_does_not_know_stays() -> None:
    builder = Builder(vector(3), ArrayType("int4"))
    builder.one("dynamic_slice", vector(1), *builder.inputs, slice_sizes=(1,))
    assert labels(other_index, builder.equations[0]) == []


def test_a_padded_array_moves() -> None:
    program = normal(lambda x: lax.pad(x, 0.0, ((1, 1, 0), (0, 0, 0))), np.ones((1, 1), np.float32))
    assert results(variants(other_padding, program, "pad"), [[[7]]]) == {
        "pad +1 on axis 0": [[0], [0], [7]],
        "pad -1 on axis 0": [[7], [0], [0]],
    }


def test_a_product_is_summed_over_another_axis() -> None:
    program = normal(lambda x, y: x @ y, SQUARE, SQUARE)
    made = variants(other_contraction, program, "dot_general")
    left, right = np.array(NUMBERS), np.array([[0, 1], [1, 1]])
    assert results(made, [left, right]) == {
        "dot_general side 1 axis 1->0": (left.T @ right).tolist(),
        "dot_general side 2 axis 0->1": (left @ right.T).tolist(),
    }
    wide = normal(lambda x, y: x @ y, WIDE, WIDE.T)
    assert labels(other_contraction, only(wide, "dot_general")) == []
    batched = normal(lambda x, y: jnp.einsum("bij,bjk->bik", x, y), *[np.ones((2, 2, 2))] * 2)
    assert len(labels(other_contraction, only(batched, "dot_general"))) == 2
