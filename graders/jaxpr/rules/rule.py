"""What a rule is: how one equation becomes a callable on arrays, and what running it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Equation

Call = Callable[..., Any]
Prepare = Callable[[Equation, Arithmetic], Call]


class IllTyped(Exception):
    """An equation whose inputs and parameters do not give the result it declares.

    JAX makes no such equation; computing one could take more memory than was accounted for.
    """

    def __init__(self, equation: Equation) -> None:
        super().__init__(f"{equation.primitive} does not give what it declares")
        self.primitive = equation.primitive


def declare(equation: Equation, size: int) -> None:
    """Raises `IllTyped` unless the first result has `size` elements."""
    if size != equation.outputs[0].type.size:
        raise IllTyped(equation)


def elementwise(equation: Equation) -> None:
    """Raises `IllTyped` unless every input broadcasts to the result's shape."""
    target = equation.outputs[0].type.shape
    for atom in equation.inputs:
        shape = atom.type.shape
        aligned = zip(reversed(shape), reversed(target), strict=False)
        if len(shape) > len(target) or any(extent not in (1, out) for extent, out in aligned):
            raise IllTyped(equation)


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
    """A rule on elements that ignores parameters, such as a NumPy ufunc."""

    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        elementwise(equation)
        return call

    return Rule(prepare, exact=exact)


def by_kind(real: Call, integer: Call, exact: Call | None = None) -> Rule:
    """A rule with one function for floats, one for integers and maybe one for fractions."""

    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        elementwise(equation)
        kind = arithmetic.storage(equation.inputs[0].type.dtype).kind
        if kind == "O" and exact is not None:
            return exact
        return integer if kind in "biu" else real

    return Rule(prepare, exact=exact is not None)


def inverse(permutation: Iterable[int]) -> tuple[int, ...]:
    """The permutation that undoes the given one."""
    order = tuple(permutation)
    return tuple(sorted(range(len(order)), key=order.__getitem__))
