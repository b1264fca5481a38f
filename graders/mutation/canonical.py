"""One form for programs that differ only in how the same thing is written.

Every value gets a number, equal for equal values: operands of what commutes are sorted, `x * 1`,
`x + 0`, `--x`, copies and the like are `x`, `a - b` is `a + (-b)` and `a > b` is `b < a`. Rounding
and the sign of zero apart, programs whose results have the same numbers give the same results.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graders.jaxpr.model import Array, ArrayType, Atom, Equation, Program, Variable
from graders.jaxpr.normalize import prune

_COMMUTE = frozenset("add mul max min and or xor eq ne".split())
_NAMES = {"add_any": "add"}
_MIRRORED = {"gt": "lt", "ge": "le"}
_IDEMPOTENT = frozenset({"max", "min", "and", "or"})
_PLAIN = frozenset({"copy", "stop_gradient", "name", "convert_element_type", "reshape"})
_KEPT = frozenset({"broadcast_in_dim", "transpose"})
Number = int


def same_form(left: Program, right: Program) -> bool:
    """Whether two programs in normal form are the same but for how they are written.

    Raises `graders.jaxpr.normalize.TooLong` for programs whose loops nest too deep.
    """
    table = _Table()
    return table.closed(left) == table.closed(right)


@dataclass(slots=True)
class _Table:
    """What the values seen so far are made of, each under its number."""

    numbers: dict[Hashable, Number] = field(default_factory=dict)
    made: list[tuple[str, tuple[Number, ...], ArrayType]] = field(default_factory=list)
    uniform: dict[Number, float] = field(default_factory=dict)

    def closed(self, program: Program) -> Hashable:
        """A program by its inputs' types and its results, which depend on nothing else."""
        pruned = prune(program, [True] * len(program.outputs))
        known: dict[Variable, Number] = {}
        for position, variable in enumerate(pruned.inputs):
            known[variable] = self.number("input", (), variable.type, position)
        for variable, value in pruned.constants:
            known[variable] = self.literal(value, variable.type)

        def read(atom: Atom) -> Number:
            if isinstance(atom, Variable):
                return known[atom]
            return self.literal(atom.value, atom.type)

        for equation in pruned.equations:
            sources = [read(atom) for atom in equation.inputs]
            known.update(zip(equation.outputs, self.equation(equation, sources), strict=True))
        types = tuple((variable.type.dtype, variable.type.shape) for variable in pruned.inputs)
        return types, tuple(read(atom) for atom in pruned.outputs)

    def number(
        self, name: str, sources: tuple[Number, ...], type: ArrayType, *more: Hashable
    ) -> Number:
        key = (name, sources, type.dtype, type.shape, more)
        if key not in self.numbers:
            self.numbers[key] = len(self.made)
            self.made.append((name, sources, type))
        return self.numbers[key]

    def literal(self, value: Array, type: ArrayType) -> Number:
        found = self.number("literal", (), type, value.tobytes())
        flat = value.reshape(-1)
        if flat.size and flat.dtype.kind in "iuf" and np.all(flat == flat[0]):
            self.uniform[found] = float(flat[0])
        return found

    def equation(self, equation: Equation, sources: Sequence[Number]) -> list[Number]:
        name = _NAMES.get(equation.primitive, equation.primitive)
        if len(equation.outputs) == 1:
            return [self.value(name, tuple(sources), equation)]
        params = self.frozen(equation.params)
        return [
            self.number(name, tuple(sources), variable.type, params, slot)
            for slot, variable in enumerate(equation.outputs)
        ]

    def value(self, name: str, sources: tuple[Number, ...], equation: Equation) -> Number:
        type = equation.outputs[0].type
        rule = _RULES.get(name)
        if rule is not None:
            return rule(self, sources, type)
        kept = self.kept(name, sources, equation)
        if kept is not None:
            return kept
        if name in _MIRRORED:
            name, sources = _MIRRORED[name], sources[::-1]
        if name in _COMMUTE:
            sources = tuple(sorted(sources))
        found = self.number(name, sources, type, self.frozen(equation.params))
        if name in _KEPT and sources[0] in self.uniform:
            self.uniform[found] = self.uniform[sources[0]]
        return found

    def kept(self, name: str, sources: tuple[Number, ...], equation: Equation) -> Number | None:
        """The operand a result is equal to, if it is one."""
        type, params = equation.outputs[0].type, equation.params
        if name in _IDEMPOTENT and sources[0] == sources[1]:
            return sources[0]
        if name == "select_n" and len(set(sources[1:])) == 1:
            return sources[1]
        unmoved = (
            (name in _PLAIN and params.get("dimensions") is None)
            or (name == "integer_pow" and params["y"] == 1)
            or (name == "broadcast_in_dim" and len(sources) == 1)
            or (name == "transpose" and params["permutation"] == tuple(range(len(type.shape))))
        )
        return sources[0] if unmoved and self.typed(sources[0], type) else None

    def typed(self, number: Number, type: ArrayType) -> bool:
        found = self.made[number][2]
        return found.dtype == type.dtype and found.shape == type.shape

    def is_uniform(self, number: Number, value: float) -> bool:
        return self.uniform.get(number) == value

    def negated(self, number: Number) -> Number:
        """A value with its sign changed; that of a sum is the sum of its terms' negations."""
        name, sources, type = self.made[number]
        if name != "add":
            return self.flipped(number)
        return self.sum((self.flipped(sources[0]), self.flipped(sources[1])), type)

    def flipped(self, number: Number) -> Number:
        name, sources, type = self.made[number]
        if name == "neg":
            return sources[0]
        found = self.number("neg", (number,), type)
        if number in self.uniform:
            self.uniform[found] = -self.uniform[number]
        return found

    def sum(self, sources: tuple[Number, ...], type: ArrayType) -> Number:
        left, right = sources
        for kept, other in ((left, right), (right, left)):
            if self.is_uniform(other, 0) and self.typed(kept, type):
                return kept
        return self.number("add", tuple(sorted(sources)), type)

    def product(self, name: str, sources: tuple[Number, ...], type: ArrayType) -> Number:
        """A product or quotient with its sign outside."""
        left, right = sources
        if self.is_uniform(right, 1) and self.typed(left, type):
            return left
        if name == "mul" and self.is_uniform(left, 1) and self.typed(right, type):
            return right
        # A quotient of whole numbers is cut off, and the least of them has no opposite.
        movable = name == "mul" or not type.dtype.startswith(("int", "uint"))
        signed = [movable and self.made[s][0] == "neg" for s in sources]
        plain = [self.flipped(s) if odd else s for s, odd in zip(sources, signed, strict=True)]
        found = self.number(name, tuple(sorted(plain) if name == "mul" else plain), type)
        return self.flipped(found) if sum(signed) == 1 else found

    def frozen(self, value: Any) -> Hashable:
        """A parameter as something that can be looked up."""
        if isinstance(value, Program):
            return self.closed(value)
        if isinstance(value, Mapping):
            return tuple((key, self.frozen(value[key])) for key in sorted(value))
        if isinstance(value, tuple):
            return tuple(self.frozen(item) for item in value)
        return type(value).__name__, value


_Rule = Callable[[_Table, tuple[Number, ...], ArrayType], Number]
_RULES: Mapping[str, _Rule] = {
    "add": _Table.sum,
    "div": lambda table, sources, type: table.product("div", sources, type),
    "mul": lambda table, sources, type: table.product("mul", sources, type),
    "neg": lambda table, sources, type: table.negated(sources[0]),
    "sub": lambda table, sources, type: table.sum((sources[0], table.negated(sources[1])), type),
}
