"""Evaluate a Program with NumPy, under an arithmetic and within a budget.

A program is prepared once (each equation becomes one Python callable on arrays) and run on many
batches. Control flow is here; every other primitive is a short function in `graders.jaxpr.rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from graders.jaxpr.arithmetic import FLOAT64, Arithmetic, NotExact, is_float
from graders.jaxpr.model import Array, Atom, Equation, Literal, Program
from graders.jaxpr.rules.rule import Call, Rule
from graders.jaxpr.rules.table import RULES
from graders.subject import Oracle


class Unsupported(Exception):
    """A primitive that neither the interpreter nor its oracle can evaluate."""

    def __init__(self, primitive: str) -> None:
        super().__init__(f"no rule for the primitive {primitive}")
        self.primitive = primitive


class BudgetExceeded(Exception):
    """The program asks for more work than the limit allows."""


class TooLarge(Exception):
    """The program asks for more memory than the limit allows."""


@dataclass(slots=True)
class Budget:
    """What evaluations may still spend: equations executed and elements computed.

    `largest` bounds the elements one program may hold at a time.
    """

    equations: int = 2_000_000
    elements: int = 1 << 27
    largest: int = 1 << 24

    def spend(self, elements: int) -> None:
        """Account for one equation; raises `BudgetExceeded` when nothing is left."""
        self.equations -= 1
        self.elements -= elements
        if self.equations < 0 or self.elements < 0:
            raise BudgetExceeded


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Prepares programs for one arithmetic, budget, oracle and set of probes."""

    arithmetic: Arithmetic = FLOAT64
    budget: Budget = field(default_factory=Budget)
    oracle: Oracle | None = None
    probes: Mapping[Equation, ScanProbe] = field(default_factory=dict)

    def prepare(self, program: Program) -> Callable[[Sequence[Array]], list[Array]]:
        """A function from the program's inputs to its outputs, in this arithmetic's storage.

        Raises `Unsupported`, `TooLarge` or `NotExact` when the program cannot be evaluated at all.
        The function raises `BudgetExceeded`, and in exact arithmetic `NotExact`.
        """
        if footprint(program) > self.budget.largest:
            raise TooLarge(f"holds more than {self.budget.largest:,} elements at a time")
        frame = self._frame(program)
        types = [variable.type for variable in program.inputs]

        def run(arguments: Sequence[Array]) -> list[Array]:
            loaded = [
                self.arithmetic.load(value, type)
                for value, type in zip(arguments, types, strict=True)
            ]
            with np.errstate(all="ignore"):
                try:
                    return [np.asarray(value) for value in frame.run(loaded)]
                except ZeroDivisionError as error:
                    raise NotExact("a division by zero") from error

        return run

    def _frame(self, program: Program) -> _Frame:
        template: list[Any] = [None] * len(program.inputs)
        slot = {variable: index for index, variable in enumerate(program.inputs)}

        def place(value: Array | None) -> int:
            template.append(value)
            return len(template) - 1

        def read(atom: Atom) -> int:
            if isinstance(atom, Literal):
                return place(self.arithmetic.load(atom.value, atom.type))
            return slot[atom]

        for variable, value in program.constants:
            slot[variable] = place(self.arithmetic.load(value, variable.type))
        steps = []
        for equation in program.equations:
            sources = [read(atom) for atom in equation.inputs]
            targets = [place(None) for _ in equation.outputs]
            slot.update(zip(equation.outputs, targets, strict=True))
            steps.append(self._step(equation, sources, targets))
        return _Frame(template, steps, [read(atom) for atom in program.outputs])

    def _step(self, equation: Equation, sources: list[int], targets: list[int]) -> Step:
        rule = self._rule(equation)
        call = rule.prepare(equation, self.arithmetic)
        cost = sum(variable.type.size for variable in equation.outputs) + rule.work(equation)
        settle = [self.arithmetic.settle(variable.type) for variable in equation.outputs]
        if rule.several:
            return _several(call, sources, targets, settle, self.budget.spend, cost)
        return _single(call, sources, targets[0], settle[0], self.budget.spend, cost)

    def _rule(self, equation: Equation) -> Rule:
        control = _CONTROL.get(equation.primitive)
        if control is not None:
            return Rule(lambda equation, _: control(self, equation), exact=True, several=True)
        rule = RULES.get(equation.primitive)
        if self.arithmetic.exact and (rule is None or not rule.exact) and _has_floats(equation):
            raise NotExact(f"{equation.primitive} has no exact rational result")
        if rule is None or not rule.covers(equation):
            return Rule(lambda equation, _: self._ask_oracle(equation), several=True)
        return rule

    def _ask_oracle(self, equation: Equation) -> Call:
        oracle = self.oracle
        if oracle is None:
            raise Unsupported(equation.primitive)
        types = [variable.type for variable in equation.outputs]

        def call(*inputs: Array) -> list[Array]:
            try:
                results = oracle.evaluate(equation, inputs)
            except LookupError as error:
                raise Unsupported(equation.primitive) from error
            return [
                self.arithmetic.load(value, type)
                for value, type in zip(results, types, strict=True)
            ]

        return call

    def _control(self, equation: Equation) -> Call | None:
        """Control flow and calls; None for any other primitive."""
        params, spend = equation.params, self.budget.spend
        if equation.primitive == "scan":
            probe = self.probes.get(equation, UNWATCHED)
            return scan(equation, self._frame(params["jaxpr"]), self.arithmetic, probe, spend)
        if equation.primitive == "while":
            condition, body = self._frame(params["cond_jaxpr"]), self._frame(params["body_jaxpr"])
            return while_loop(equation, condition, body, spend)
        if equation.primitive == "cond":
            return cond([self._frame(branch) for branch in params["branches"]])
        if equation.primitive == "call":
            body = self._frame(params["jaxpr"])
            return lambda *inputs: body.run(inputs)
        return None


Settle = Callable[[Array], Array] | None


def _several(
    call: Call,
    sources: list[int],
    targets: list[int],
    settle: list[Settle],
    spend: Callable[[int], None],
    cost: int,
) -> Step:
    def step(slots: list[Any]) -> None:
        spend(cost)
        results = call(*[slots[index] for index in sources])
        for index, value, finish in zip(targets, results, settle, strict=True):
            slots[index] = value if finish is None else finish(value)

    return step


def _single(
    call: Call,
    sources: list[int],
    target: int,
    settle: Settle,
    spend: Callable[[int], None],
    cost: int,
) -> Step:
    if settle is None and len(sources) == 2:
        left, right = sources

        def binary(slots: list[Any]) -> None:
            spend(cost)
            slots[target] = call(slots[left], slots[right])

        return binary

    def step(slots: list[Any]) -> None:
        spend(cost)
        value = call(*[slots[index] for index in sources])
        slots[target] = value if settle is None else settle(value)

    return step


def footprint(program: Program) -> int:
    """Elements the program's values take when all are held, the deepest nesting included."""
    own = sum(v.type.size for equation in program.equations for v in equation.outputs)
    nested = [footprint(p) for equation in program.equations for p in equation.programs()]
    return own + max(nested, default=0)


def _has_floats(equation: Equation) -> bool:
    atoms: list[Atom] = [*equation.inputs, *equation.outputs]
    return any(is_float(atom.type.dtype) or "complex" in atom.type.dtype for atom in atoms)
