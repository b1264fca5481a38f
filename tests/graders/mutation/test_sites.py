"""Programs within programs, each with its place and a way back."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from hypothesis import given, settings
from jax import lax

from graders.jaxpr.model import Program
from graders.mutation.canonical import same_form
from graders.mutation.sites import sites
from tests.graders.jaxpr.strategies import programs, written
from tests.graders.mutation.changes import ONE, gives, normal
from tests.graders.programs import SCALAR, Builder, traced

ROWS = np.ones(3, np.float32)


def places(program: Program) -> list[str]:
    return [site.place for site in sites(program)]


def test_the_only_loop_of_a_program_needs_no_number() -> None:
    def function(w: Any, x: Any) -> Any:
        def step(w: Any, row: Any) -> Any:
            return lax.while_loop(lambda w: w < row, lambda w: w * 2, w), None

        return lax.scan(step, w, x)[0]

    found = list(sites(normal(function, ONE, ROWS)))
    assert [site.place for site in found] == ["", "body", "body condition", "body body"]
    assert [site.at(2) for site in found[:2]] == ["equation 3", "body equation 3"]


def test_several_loops_and_branches_are_told_apart() -> None:
    def function(w: Any, x: Any) -> Any:
        first = lax.scan(lambda w, row: (w * row, None), w, x)[0]
        return lax.cond(w > 0, jnp.sin, lambda x: x, first)

    found = places(normal(function, ONE, ROWS))
    assert found == ["", "equation 1 body", "equation 4 branch 1", "equation 4 branch 2"]


def test_a_branch_is_put_in_the_place_of_itself_only() -> None:
    program = normal(lambda w, x: lax.cond(w > 0, jnp.sin, lambda x: x, x), ONE, ONE)
    _, first, second = sites(program)
    both = second.put(first.program)
    assert [gives(both, sign, 5) for sign in (-1, 1)] == [5, 5]


def test_a_program_in_a_primitive_of_unknown_use_has_the_name_of_its_parameter() -> None:
    builder = Builder(SCALAR)
    inner = traced(jnp.sin, ONE)
    program = builder.gives(builder.one("odd", SCALAR, *builder.inputs, steps=(1, inner), size=2))
    assert places(program) == ["", "steps 2"]


@given(programs() | written())
@settings(max_examples=20, deadline=None)
def test_putting_back_what_was_there_changes_nothing(program: Program) -> None:
    for site in sites(program):
        assert same_form(site.put(site.program), program)
        for number, equation in enumerate(site.program.equations):
            assert same_form(site.replaced(number, [equation]), program)
