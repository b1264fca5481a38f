"""A mutant is killed by the first batch that tells, broken, or survives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from jax import lax

from graders.jaxpr.model import Array, Program
from graders.mutation.kill import Fate, Outcome, Part, Question, fate
from graders.mutation.run import Arrays
from tests.graders.mutation.changes import ONE, Negates, normal, run
from tests.graders.programs import SCALAR, applied

Values = Sequence[float]


def close(arguments: Arrays, expected: Arrays, found: Arrays) -> bool:
    return all(np.allclose(a, b) for a, b in zip(expected, found, strict=True))


REFERENCE = normal(lambda x: x * x, ONE)


def asked(values: Values, first: int = 0, reference: Program = REFERENCE) -> list[Question]:
    arguments: list[Array] = [np.asarray(value, np.float32) for value in values]
    return [
        Question(first + number, (value,), tuple(run(reference, value)))
        for number, value in enumerate(arguments)
    ]


def fated(function: Any, values: Values) -> Fate:
    return fate([Part(normal(function, ONE), asked(values))], close)


def test_the_first_batch_that_tells_kills() -> None:
    found = fated(lambda x: x + x, [2, 0, 3, 4])
    assert found == Fate(Outcome.KILLED, 2)
    assert found.needed == 3


def test_a_mutant_that_no_batch_tells_survives() -> None:
    found = fated(lambda x: x + x, [2, 0])
    assert found == Fate(Outcome.SURVIVED)
    assert found.needed is None
    assert fate([], close) == found


def test_a_mutant_that_gives_no_number_is_broken() -> None:
    assert fated(lambda x: x**3 / x, [2, 0, 1]) == Fate(Outcome.BROKEN, 1, "gives nan or infinity")


def test_a_mutant_that_cannot_be_evaluated_is_broken() -> None:
    part = Part(applied("odd", [SCALAR], SCALAR), asked([1], first=5))
    assert fate([part], close) == Fate(Outcome.BROKEN, 5, "no rule for the primitive odd")


def test_a_mutant_that_never_ends_is_broken() -> None:
    def endless(x: Any) -> Any:
        return x * x + 0 * lax.while_loop(lambda c: c < 0, lambda c: c - 1, x - 2)

    assert fated(endless, [2, 2, 1]) == Fate(Outcome.BROKEN, 2, "takes too many steps")


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_shapes_are_asked_in_the_order_of_their_batches(order: list[int]) -> None:
    double = normal(lambda x: x + x, ONE)
    parts = [
        Part(double, []),
        Part(double, asked([2, 0, 3], first=0)),
        Part(double, asked([2, 5], first=10)),
    ]
    assert fate([parts[number] for number in order], close) == Fate(Outcome.KILLED, 2)


def test_an_earlier_batch_of_another_shape_counts() -> None:
    double = normal(lambda x: x + x, ONE)
    late = Part(double, [*asked([2], 0), *asked([5], 9)])
    early = Part(double, asked([2, 7], 3))
    assert fate([late, early], close) == Fate(Outcome.KILLED, 4)
    survivor = Part(double, asked([2, 2], 3))
    assert fate([late, survivor], close) == Fate(Outcome.KILLED, 9)


def test_an_oracle_answers_for_what_has_no_rule() -> None:
    negation = normal(lambda x: -x, ONE)
    part = Part(applied("odd", [SCALAR], SCALAR), asked([1, 2, 3], reference=negation))
    assert fate([part], close, Negates()) == Fate(Outcome.SURVIVED)
