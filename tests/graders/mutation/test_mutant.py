"""Mutants are well-formed programs that differ from the original and from each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from jax import lax

from graders.jaxpr.control import check_control
from graders.jaxpr.decode import decode
from graders.jaxpr.encode import encode
from graders.jaxpr.model import ArrayType, Location, Program
from graders.jaxpr.normalize import normalize
from graders.mutation.mutant import MOST_MUTANTS, mutants
from tests.graders.exercise import reference
from tests.graders.jaxpr.strategies import programs, written
from tests.graders.mutation.changes import ONE, normal, run
from tests.graders.programs import SCALAR, Builder

ROWS = np.ones((3, 2), np.float32)


def types(program: Program) -> list[tuple[str, tuple[int, ...]]]:
    found: list[ArrayType] = [variable.type for variable in program.inputs]
    found.extend(atom.type for atom in program.outputs)
    return [(type.dtype, type.shape) for type in found]


@given(programs() | written())
@settings(max_examples=30, deadline=None)
def test_mutants_are_other_programs_of_the_same_types(program: Program) -> None:
    original = normalize(program)
    seen, names = {encode(original)}, set()
    for mutant in mutants(original):
        data = encode(mutant.program)
        assert data not in seen
        assert mutant.name not in names
        seen.add(data)
        names.add(mutant.name)
        decoded = decode(data)
        assert types(decoded) == types(original)
        for equation in decoded.walk():
            check_control(equation)


def named(program: Program) -> dict[str, Program]:
    return {mutant.name: mutant.program for mutant in mutants(program)}


def test_a_training_loop_has_mutants_of_many_kinds() -> None:
    program = normal(reference, ONE, ONE, ROWS, ROWS)
    found = list(mutants(program))
    assert [mutant.name for mutant in mutants(program)] == [mutant.name for mutant in found]
    names = {mutant.name for mutant in found}
    assert {
        "inputs 1 and 2 swapped in the whole",
        "carry 1 stale at equation 1",
        "carry 1 read as it began at equation 1",
        "scan reversed at equation 1",
        "xs 1 next row at equation 1",
        "scan without its last step at equation 1",
        "mul->add at body equation 1",
        "sub with operands swapped at body equation 2",
        "c->2c in operand 1 at body equation 3",
        "reduce_sum->mean at body equation 5",
    } <= names
    assert "xs 1 and 2 swapped at equation 1" not in names, "it is inputs 3 and 4 swapped"


def test_a_line_of_the_source_is_named_where_it_is_known() -> None:
    program = normal(lambda x: x * x, ONE)
    (equation,) = program.equations
    words = [
        next(mutants(replace(program, equations=(replace(equation, location=place),)))).description
        for place in (None, Location(7, "f"))
    ]
    assert words == ["add in the place of mul", "add in the place of mul (line 7)"]


def test_constants_and_results_are_changed_in_nested_programs_too() -> None:
    table = np.array([1, 2], np.float32)

    def function(w: Any, x: Any) -> Any:
        return lax.scan(lambda w, row: (w + (row * table).sum(), 1.0), w, x)

    found = named(normal(function, ONE, ROWS))
    assert any(name.startswith("c->c+1 in constant 1") for name in found)
    builder = Builder(SCALAR)
    program = builder.gives(*builder.inputs, builder.constant([1, 2]))
    _, doubled = run(named(program)["c->2c in constant 1 in the whole"], 5)
    assert doubled.tolist() == [2, 4]


def test_large_programs_are_sampled_and_the_sample_stays_the_same() -> None:
    builder = Builder(SCALAR)
    last = builder.inputs[0]
    for _ in range(100):
        last = builder.one("sin", SCALAR, last)
    program = builder.gives(last)
    found = [mutant.name for mutant in mutants(program, 20)]
    assert len(found) == 20
    assert [mutant.name for mutant in mutants(program, 20)] == found
    numbers = [int(name.rsplit(" ", 1)[1]) for name in found]
    assert numbers == sorted(numbers)
    assert numbers[-1] - numbers[0] > 50
    assert len(list(mutants(program))) == 200 < MOST_MUTANTS
