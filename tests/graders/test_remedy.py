from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax.numpy as jnp
from jax import lax

from graders.jaxpr.normalize import normalize
from graders.remedy import heals, right
from tests.graders.exercise import RUBRIC, bank, reference, trace


def changed(*arguments: Any) -> Any:
    return reference(*arguments) + 1


def endless(*arguments: Any) -> Any:
    return lax.while_loop(lambda w: w < jnp.inf, lambda w: w, arguments[0])


def test_a_program_heals_if_it_is_right_on_the_batches_of_a_shape() -> None:
    drawn = bank(reference, RUBRIC)
    for function, expected in ((reference, True), (changed, False), (endless, False)):
        for shape in drawn.shapes[:2]:
            program = normalize(trace(function, shape, RUBRIC).program)
            assert heals(RUBRIC, drawn, shape, program) is expected


def test_a_submission_is_right_if_it_is_on_every_batch() -> None:
    drawn = bank(reference, RUBRIC)

    def found(function: Any) -> bool:
        return right(RUBRIC, drawn, [trace(function, shape, RUBRIC) for shape in drawn.shapes])

    assert found(reference)
    assert not found(changed)
    assert not found(lambda *arguments: (reference(*arguments),))
    limits = replace(RUBRIC.limits, equations=1000)
    traces = [trace(endless, shape, RUBRIC) for shape in drawn.shapes]
    assert not right(replace(RUBRIC, limits=limits), drawn, traces)
