"""What a rule is: how one equation becomes a callable on arrays, and what running it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Equation

Call = Callable[..., Any]
Prepare = Callable[[Equation, Arithmetic], Call]


def no_work(equation: Equation) -> int:
    """The work of a rule whose cost is the size of its results."""
    return 0


def always(equation: Equation) -> bool:
    """The cover of a rule that honours all parameters."""
    return True


def reads(equation: Equation) -> int:
    """The work of a rule that touches every input element once."""
    return sum(atom.type.size for atom in equation.inputs)


def reads_sorted(equation: Equation) -> int:
    """The work of a rule that sorts its inputs."""
    return reads(equation) * 8


@dataclass(frozen=True, slots=True)
class Rule:
    """How a primitive is evaluated.

    `prepare` reads the equation's parameters once and returns a function from input arrays to the
    result array, or to a sequence of results when `several`; it may raise `NotExact`. `exact` says
    that the function is right on object arrays of `Fraction` too. `work` counts the elements it
    touches beyond its results. `covers` says whether the rule honours an equation's parameters.
    """

    prepare: Prepare
    exact: bool = False
    several: bool = False
    work: Callable[[Equation], int] = no_work
    covers: Callable[[Equation], bool] = always


def plain(call: Call, *, exact: bool = False) -> Rule:
    """A rule that ignores parameters, such as a NumPy ufunc."""
    return Rule(lambda equation, arithmetic: call, exact=exact)


def by_kind(real: Call, integer: Call, exact: Call | None = None) -> Rule:
    """A rule with one function for floats, one for integers and maybe one for fractions."""

    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        kind = arithmetic.storage(equation.inputs[0].type.dtype).kind
        if kind == "O" and exact is not None:
            return exact
        return integer if kind in "biu" else real

    return Rule(prepare, exact=exact is not None)


def inverse(permutation: Iterable[int]) -> tuple[int, ...]:
    """The permutation that undoes the given one."""
    order = tuple(permutation)
    return tuple(sorted(range(len(order)), key=order.__getitem__))
