from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from graders.bank import Bank
from graders.domain import weaknesses
from graders.rubric import Argument, Result, Rubric, ScanRule, Signature, Structure
from tests.graders.exercise import RUBRIC, bank, gradient, reference

LOOSE = replace(RUBRIC, minimum_move=0.0)
PLAIN = replace(RUBRIC, structure=Structure(), minimum_move=0.0)


def codes(rubric: Rubric, function: Callable[..., Any] = reference) -> list[str]:
    return [found.code for found in weaknesses(rubric, bank(function, rubric))]


def test_a_sound_domain_has_no_weakness() -> None:
    assert codes(RUBRIC) == []
    assert codes(PLAIN) == []


def test_a_constant_result_is_a_weakness() -> None:
    found = weaknesses(PLAIN, bank(lambda w, lr, xs, ys: jnp.float32(3), PLAIN))
    assert found[0].code == "constant"
    assert "N=1, B=1" in found[0].message
    assert {weakness.code for weakness in found[1:]} == {"argument_unused"}


def full_batch(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    start = w
    return lax.scan(lambda w, row: (w - lr * gradient(start, *row), None), w, (xs, ys))[0]


def at_one_rate(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return reference(w, jnp.float32(1 / 32), xs, ys)


def test_arguments_and_an_order_that_do_not_matter_are_weaknesses() -> None:
    assert "order_unseen" in codes(LOOSE, full_batch)
    assert codes(RUBRIC, at_one_rate) == ["argument_unused"]
    assert codes(replace(RUBRIC, unused=("lr",)), at_one_rate) == []


def test_a_carried_argument_that_passes_unchanged_is_a_weakness() -> None:
    def hardly(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
        return jnp.where(xs[0, 0] > 0, w, reference(w, lr, xs, ys))

    assert "unchanged_passes" in codes(LOOSE, hardly)
    assert "unchanged_passes" not in codes(PLAIN, hardly)
    assert "unchanged_passes" in codes(PLAIN, lambda w, lr, xs, ys: w + 0.0)


def test_an_argument_without_arrays_and_a_loop_without_xs_are_passed_over() -> None:
    rubric = replace(
        RUBRIC,
        arguments=(Argument("w", (), "float32", -3, 3),),
        results=(Result((), "float32"),),
        signature=Signature.flat(("w",)),
        structure=Structure(ScanRule("N", ("w",), ())),
        minimum_move=0.01,
    )
    assert codes(rubric, lambda w: w + 1) == []


def test_an_infinite_result_is_a_weakness() -> None:
    sound = bank(rubric=RUBRIC)
    broken = replace(sound, expected=((np.array(np.inf),), *sound.expected[1:]))
    found = weaknesses(RUBRIC, broken)
    assert [weakness.code for weakness in found] == ["not_finite"]
    assert "1 batches" in found[0].message


def test_a_shape_with_one_batch_says_nothing_of_constancy() -> None:
    sound = bank(rubric=RUBRIC)
    numbers = [sound.of_shape(shape)[0] for shape in sound.shapes]
    few = Bank(
        sound.shapes,
        sound.programs,
        tuple(sound.batches[n] for n in numbers),
        tuple(sound.expected[n] for n in numbers),
        {},
        {},
    )
    assert "constant" not in [weakness.code for weakness in weaknesses(RUBRIC, few)]
