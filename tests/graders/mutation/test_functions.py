"""Functions left out or exchanged, casts that lose more, choices turned round."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.rules.table import RULES
from graders.mutation import functions
from graders.mutation.functions import (
    other_cast,
    other_choice,
    other_function,
    removed_function,
    unclamped,
)
from tests.graders.mutation.changes import ONE, labels, normal, only, results, variants
from tests.graders.programs import SCALAR, WHOLE, Builder


def test_a_function_becomes_its_sibling() -> None:
    program = normal(jnp.sin, ONE)
    assert results(variants(other_function, program, "sin"), [0]) == {"sin->cos": 1}
    program = normal(jnp.exp, ONE)
    assert results(variants(other_function, program, "exp"), [0]) == {
        "exp->expm1": 0,
        "exp->exp2": 1,
    }
    magnitude = normal(jnp.abs, np.complex64(1))
    assert labels(other_function, only(magnitude, "abs")) == []


def test_every_sibling_can_be_evaluated() -> None:
    assert {name for names in functions._SIBLINGS.values() for name in names} <= RULES.keys()


def test_a_function_is_left_out() -> None:
    program = normal(jnp.tanh, ONE)
    assert results(variants(removed_function, program, "tanh"), [3]) == {"tanh removed": 3}
    wide = normal(lambda x: x.T, np.ones((2, 3), np.float32))
    assert labels(removed_function, only(wide, "transpose")) == []
    assert labels(removed_function, only(normal(lambda x: x + 1, ONE), "add")) == []


def test_a_cast_between_floats_loses_digits_or_all_after_the_point() -> None:
    builder = Builder(SCALAR)
    cast = builder.one("convert_element_type", SCALAR, *builder.inputs, new_dtype="float32")
    made = variants(other_cast, builder.gives(cast), "convert_element_type")
    assert results(made, [257.5]) == {"cast through int32": 257, "cast through bfloat16": 258}


def test_a_cast_to_whole_numbers_rounds_otherwise() -> None:
    program = normal(lambda x: x.astype(int), ONE)
    made = variants(other_cast, program, "convert_element_type")
    assert results(made, [1.5]) == {"cast after floor": 1, "cast after ceil": 2}


def test_a_cast_of_whole_numbers_keeps_only_whether_they_are_zero() -> None:
    program = normal(lambda x: x.astype(jnp.float32), np.int32(1))
    made = variants(other_cast, program, "convert_element_type")
    assert results(made, [7]) == {"cast through bool": 1}


@pytest.mark.parametrize(("source", "target"), [("bool", "float32"), ("int32", "bool")])
def test_casts_of_truth_values_stay(source: str, target: str) -> None:
    program = normal(lambda x: lax.convert_element_type(x, target), np.zeros((), source))
    assert labels(other_cast, only(program, "convert_element_type")) == []
    assert labels(other_cast, only(normal(lambda x: -x, ONE), "neg")) == []


def test_a_choice_is_turned_round_or_always_the_same() -> None:
    program = normal(lambda p, x, y: jnp.where(p, x, y), np.bool_(True), ONE, ONE)
    made = variants(other_choice, program, "select_n")
    assert results(made, [True, 1, 2]) == {
        "cases 1 and 2 swapped": 2,
        "always case 1": 2,
        "always case 2": 1,
    }


def chosen(*cases: int) -> list[str]:
    builder = Builder(WHOLE, SCALAR, SCALAR)
    builder.one("select_n", SCALAR, builder.inputs[0], *(builder.inputs[case] for case in cases))
    return labels(other_choice, builder.equations[0])


def test_a_choice_of_equal_cases_is_none() -> None:
    assert chosen(1) == chosen(1, 1) == []
    always = ["always case 1", "always case 2", "always case 3"]
    assert chosen(1, 1, 2) == ["cases 2 and 3 swapped", *always]
    assert labels(other_choice, only(normal(lambda x: -x, ONE), "neg")) == []


def test_a_clamp_loses_a_bound() -> None:
    program = normal(lambda x: lax.clamp(0.0, x, 1.0), np.ones(2, np.float32))
    made = variants(unclamped, program, "clamp")
    assert results(made, [[-2, 2]]) == {"clamp->min": [-2, 1], "clamp->max": [0, 2]}
    assert labels(unclamped, only(normal(lambda x: -x, ONE), "neg")) == []


def test_names_of_functions_are_known_ones() -> None:
    assert RULES.keys() >= functions._REMOVED
