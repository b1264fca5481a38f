"""Results on many batches are those on each of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr.interpret import Budget, BudgetExceeded, Evaluator
from graders.jaxpr.model import Program
from graders.jaxpr.normalize import normalize
from graders.mutation.run import FAILURES, finite, results
from tests.graders.jaxpr.strategies import arguments, programs
from tests.graders.mutation.changes import ONE, normal


@given(programs(), st.lists(arguments(), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_many_batches_are_each_of_them(program: Program, batches: Any) -> None:
    original = normalize(program)
    run = Evaluator().prepare(original)
    found = list(results(original, batches, Evaluator()))
    assert len(found) == len(batches)
    for values, batch in zip(found, batches, strict=True):
        for mine, theirs in zip(values, run(batch), strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=1e-12)


def test_a_program_that_cannot_be_batched_is_run_as_often_as_asked() -> None:
    def function(w: Any) -> Any:
        return lax.while_loop(lambda w: w < 10, lambda w: w * 2, w)

    batches = [(np.asarray(value, np.float32),) for value in (1, 0)]
    found = results(normal(function, ONE), batches, Evaluator(budget=Budget(equations=1000)))
    assert next(found)[0] == 16
    with pytest.raises(BudgetExceeded):
        next(found)
    assert BudgetExceeded in FAILURES


def test_what_is_too_large_at_once_is_run_one_by_one() -> None:
    program = normal(lambda x: x + 1, np.ones(4, np.float32))
    batches = [(np.full(4, number, np.float32),) for number in range(3)]
    found = list(results(program, batches, Evaluator(budget=Budget(largest=5))))
    assert [values[0].tolist() for values in found] == [[1] * 4, [2] * 4, [3] * 4]


def test_a_program_without_results_has_none_for_each_batch() -> None:
    empty = Program(normal(lambda x: x, ONE).inputs, (), (), ())
    assert list(results(empty, [(np.ones(()),)] * 2, Evaluator())) == [(), ()]


def test_finite_is_neither_infinite_nor_nan() -> None:
    assert finite((np.array([1.0]), np.array([True, False])))
    assert not finite((np.array([1.0]), np.array([np.inf])))
    assert not finite((np.array(np.nan),))
