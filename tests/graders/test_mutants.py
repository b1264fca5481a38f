from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax.numpy as jnp
from jax import lax

from graders.mutants import Survivor, score, told
from graders.mutation.equivalence import Comparison, Relation
from tests.graders.exercise import RUBRIC, bank, gradient, located, reference


def test_the_batches_of_a_sound_exercise_tell_every_other_mutant_apart() -> None:
    found = score(RUBRIC, located(bank()))
    assert found.mutants > 60
    assert found.killed + len(found.survivors) == found.mutants
    assert 0 < found.needed <= len(bank().batches)
    assert all(survivor.harmless for survivor in found.survivors)


def test_a_mutant_that_passes_is_shown_with_the_batches_it_would_take() -> None:
    few = replace(RUBRIC, batches=1, minimum_move=0.0)
    found = score(few, located(bank(rare, few)))
    seen = [survivor for survivor in found.survivors if not survivor.harmless]
    assert seen
    assert {survivor.comparison.relation for survivor in seen} <= {
        Relation.DIFFERENT,
        Relation.UNKNOWN,
    }
    lines = [line for survivor in seen for line in told(survivor)]
    assert any(line.startswith("- ") for line in lines)


def test_what_is_known_of_a_survivor_is_told() -> None:
    comparison = Comparison(Relation.DIFFERENT, "they differ on batch 7", needed=7)
    survivor = Survivor("name", "words", ("- a", "+ b"), comparison, own=True)
    assert not survivor.harmless
    assert list(told(survivor)) == [
        "they differ on batch 7",
        "batches = 7 would be enough for one of that kind to show it",
        "- a",
        "+ b",
    ]
    assert replace(survivor, comparison=replace(comparison, needed=None)).harmless


def rare(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """Something that hardly any batch shows: a number above a bound."""

    def body(w: Any, row: Any) -> Any:
        bonus = jnp.where(row[0][0] > 1.9, 1.0, 0.0)
        return w - lr * gradient(w, *row) + bonus, None

    return lax.scan(body, w, (xs, ys))[0]


def test_where_every_extent_is_one_those_shapes_are_used() -> None:
    rubric = replace(RUBRIC, dimensions=tuple(replace(d, max=1) for d in RUBRIC.dimensions))
    found = score(rubric, located(bank(reference, rubric)))
    assert found.mutants > 20
