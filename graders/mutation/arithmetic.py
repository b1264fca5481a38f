"""Changes to arithmetic: another operator, an operand dropped, negated or out of its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graders.jaxpr.model import Atom, Equation, Literal, Variable
from graders.mutation.change import (
    Change,
    alike,
    before,
    copied,
    put,
    renamed,
    rewired,
    same,
    swapped,
)

_OPERATORS = ("add", "sub", "mul", "div", "max", "min")
_COMPARISONS = ("lt", "le", "gt", "ge", "eq", "ne")
_BITS = ("and", "or", "xor")
_UNORDERED = frozenset({"add", "sub", "mul", "div", "eq", "ne"})
_ORDERED_OPERANDS = frozenset(
    """atan2 div dot_general nextafter pow rem shift_left shift_right_arithmetic
    shift_right_logical sub""".split()
)
_NEGATED = frozenset({"add", "add_any", "sub", "mul", "div"})
_DROPPED = frozenset({*_OPERATORS, *_BITS, "add_any", "rem", "pow"})


def other_operator(equation: Equation) -> Iterator[Change]:
    """One of +, -, *, /, max, min for another; so with comparisons and with and, or, xor."""
    name = "add" if equation.primitive == "add_any" else equation.primitive
    dtype = equation.inputs[0].type.dtype if equation.inputs else ""
    group = next((g for g in (_OPERATORS, _COMPARISONS, _BITS) if name in g), ())
    if group is _OPERATORS and any(a.type.dtype != dtype for a in equation.outputs):
        return
    ordered = not dtype.startswith(("complex", "key<"))
    for other in group:
        if other != name and (ordered or other in _UNORDERED):
            yield renamed(equation, other, {})


def dropped_operand(equation: Equation) -> Iterator[Change]:
    """An operand left out: the other one, where it has the type of the result or fills it."""
    if equation.primitive not in _DROPPED or same(*equation.inputs):
        return
    for position, kept in enumerate(reversed(equation.inputs), 1):
        changed = _alone(equation, kept)
        if changed is not None:
            label = f"{equation.primitive} without operand {position}"
            yield Change(label, _left_out(equation, position), (changed,))


def _left_out(equation: Equation, position: int) -> str:
    dropped = equation.inputs[position - 1]
    if isinstance(dropped, Literal) and not dropped.value.shape:
        return f"{equation.primitive} without the number {dropped.value[()]}"
    return f"operand {position} left out"


def _alone(equation: Equation, kept: Atom) -> Equation | None:
    result = equation.outputs[0].type
    if alike(kept, equation.outputs[0]):
        return copied(equation, kept)
    if kept.type.shape or kept.type.dtype != result.dtype:
        return None
    params = {"shape": result.shape, "broadcast_dimensions": ()}
    return replace(equation, primitive="broadcast_in_dim", inputs=(kept,), params=params)


def negated_operand(equation: Equation) -> Iterator[Change]:
    """An operand of +, -, *, / with its sign changed: the first one that is not a literal."""
    if equation.primitive not in _NEGATED or equation.outputs[0].type.dtype.startswith("uint"):
        return
    for position, atom in enumerate(equation.inputs):
        if isinstance(atom, Variable):
            negation = before(equation, "neg", atom)
            changed = rewired(equation, *put(equation.inputs, position, negation.outputs[0]))
            label = f"{equation.primitive} with operand {position + 1} negated"
            yield Change(
                label, f"operand {position + 1} with its sign changed", (negation, changed)
            )
            return


def swapped_operands(equation: Equation) -> Iterator[Change]:
    """The operands of what does not commute, in each other's place."""
    if equation.primitive not in _ORDERED_OPERANDS or same(*equation.inputs):
        return
    left, right = equation.inputs
    fits = alike(left, right) if equation.primitive == "dot_general" else True
    if fits and left.type.dtype == right.type.dtype:
        changed = rewired(equation, *swapped(equation.inputs, 0, 1))
        label = f"{equation.primitive} with operands swapped"
        yield Change(label, "the operands in each other's place", (changed,))
