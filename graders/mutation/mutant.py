"""All small changes to a program: its mutants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeVar

from graders.jaxpr.encode import encode
from graders.jaxpr.model import Equation, Program
from graders.mutation import (
    arithmetic,
    functions,
    loops,
    numbers,
    places,
    reductions,
    rows,
    wiring,
)
from graders.mutation.change import Operator
from graders.mutation.sites import Site, sites

MOST_MUTANTS = 500
_SEED = 20_150_401
T = TypeVar("T")

OPERATORS: tuple[Operator, ...] = (
    arithmetic.other_operator,
    arithmetic.dropped_operand,
    arithmetic.negated_operand,
    arithmetic.swapped_operands,
    numbers.other_literal,
    numbers.other_exponent,
    functions.other_function,
    functions.removed_function,
    functions.other_cast,
    functions.other_choice,
    functions.unclamped,
    reductions.other_reduction,
    reductions.mean_for_sum,
    reductions.other_direction,
    reductions.other_axis,
    reductions.other_running_axis,
    places.other_order,
    places.other_joined_axis,
    places.other_flip,
    places.other_transposition,
    places.other_broadcast,
    places.other_start,
    places.other_index,
    places.other_padding,
    places.other_contraction,
    loops.permuted_carry,
    loops.stale_carry,
    loops.first_carry,
    loops.other_output,
    loops.reversed_scan,
    loops.other_branch,
    rows.other_rows,
    rows.fewer_steps,
    wiring.swapped_loop_operands,
)
_Whole = Callable[[Program], Iterator[tuple[str, str, Program]]]
_EVERYWHERE: tuple[_Whole, ...] = (numbers.other_result, numbers.other_constant)
_OUTSIDE: tuple[_Whole, ...] = (wiring.swapped_inputs, wiring.swapped_results)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one small change. `name` says which and where, and is stable.

    `own` says that what was changed stands in the traced file, not in JAX's own code.
    """

    name: str
    description: str
    program: Program
    own: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mutant that is not yet written."""

    name: str
    description: str
    write: Callable[[], Program]
    own: bool = True


def mutants(program: Program, most: int = MOST_MUTANTS) -> Iterator[Mutant]:
    """Each program that differs from this one by one small change, in the order of its equations.

    The program must be in normal form. A mutant takes and gives the same types, and shares all that
    is not changed. Of a program with more than `most` equations as many are drawn first, and of
    more than `most` mutants as many are drawn; the draw is always the same. No two mutants are the
    same program.
    """
    found = [c for site in sites(program) for c in _of_programs(site)]
    spots = [
        (site, number)
        for site in sites(program)
        for number, equation in enumerate(site.program.equations)
        if any(variable.type.size for variable in equation.outputs)
    ]
    for site, number in _drawn(spots, most):
        found.extend(_of_equation(site, number))
    seen = {encode(program)}
    for candidate in _drawn(found, most):
        changed = candidate.write()
        data = encode(changed)
        if data not in seen:
            seen.add(data)
            yield Mutant(candidate.name, candidate.description, changed, candidate.own)


def _drawn(items: Sequence[T], most: int) -> Sequence[T]:
    if len(items) <= most:
        return items
    return [items[n] for n in sorted(Random(_SEED).sample(range(len(items)), most))]


def _of_programs(site: Site) -> Iterator[_Candidate]:
    place = site.place or "the whole"
    for operator in (*_EVERYWHERE, *(() if site.place else _OUTSIDE)):
        for label, words, changed in operator(site.program):
            yield _Candidate(f"{label} in {place}", words, partial(site.put, changed))


def _of_equation(site: Site, number: int) -> Iterator[_Candidate]:
    equation: Equation = site.program.equations[number]
    place = site.at(number)
    line = f" (line {equation.location.line})" if equation.location else ""
    own = equation.location is not None
    for operator in OPERATORS:
        for change in operator(equation):
            write = partial(site.replaced, number, change.equations)
            yield _Candidate(f"{change.label} at {place}", f"{change.detail}{line}", write, own)
