"""Mutants of one reference traced for several shapes, brought together by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graders.jaxpr.model import Program
from graders.mutation.mutant import MOST_MUTANTS, mutants


@dataclass(frozen=True, slots=True)
class Family:
    """One small change to a reference, in each of its programs where it can be made.

    `programs` maps the position of a program among those of the reference to its mutant. `own` says
    that what was changed stands in the traced file, not in JAX's own code.
    """

    name: str
    description: str
    programs: Mapping[int, Program]
    own: bool = True


def families(programs: Sequence[Program], most: int = MOST_MUTANTS) -> tuple[Family, ...]:
    """The mutants of programs in normal form that differ only in shapes.

    Where shapes make programs of different equations, those of the same equations go together, and
    the names of the others say for which program they are.
    """
    kinds: dict[tuple[str, ...], int] = {}
    found: dict[str, Family] = {}
    for number, program in enumerate(programs):
        skeleton = tuple(equation.primitive for equation in program.walk())
        first = kinds.setdefault(skeleton, number)
        suffix = f" of program {first + 1}" if first else ""
        for mutant in mutants(program, most):
            name = mutant.name + suffix
            family = found.get(name, Family(name, mutant.description, {}, mutant.own))
            found[name] = replace(family, programs={**family.programs, number: mutant.program})
    return tuple(found.values())
