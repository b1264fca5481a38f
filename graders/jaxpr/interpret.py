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


class ScanProbe(Protocol):
    """Watches one scan equation, and may put other values in the place of what it sees."""

    def operands(
        self, consts: Sequence[Array], init: Sequence[Array], xs: Sequence[Array]
    ) -> tuple[Sequence[Array], Sequence[Array], Sequence[Array]]:
        """Called once before the first step."""
        ...

    def carry(self, step: int, carry: Sequence[Array]) -> Sequence[Array]:
        """Called with the carry after each step, counted from 1; with 0 before the first."""
        ...

    def outputs(self, outputs: Sequence[Array]) -> Sequence[Array]:
        """Called with the final carry followed by the stacked outputs."""
        ...


Step = Callable[[list[Any]], None]


@dataclass(frozen=True, slots=True)
class _Frame:
    template: list[Any]
    steps: list[Step]
    outputs: list[int]

    def run(self, arguments: Sequence[Array]) -> list[Array]:
        slots = self.template.copy()
        slots[: len(arguments)] = arguments
        for step in self.steps:
            step(slots)
        return [slots[index] for index in self.outputs]


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

    def scan(self, equation: Equation) -> Call:
        """`lax.scan`: consts, carry and xs in; the final carry and the stacked ys out."""
        params = equation.params
        body = self._frame(params["jaxpr"])
        consts, carried, length = params["num_consts"], params["num_carry"], params["length"]
        order = range(length - 1, -1, -1) if params["reverse"] else range(length)
        ys_types = [variable.type for variable in equation.outputs[carried:]]
        storage = [self.arithmetic.storage(type.dtype) for type in ys_types]
        probe = self.probes.get(equation, _UNWATCHED)
        spend = self.budget.spend

        def call(*inputs: Array) -> Sequence[Array]:
            const, carry, xs = probe.operands(
                inputs[:consts], inputs[consts : consts + carried], inputs[consts + carried :]
            )
            carry = probe.carry(0, carry)
            ys = [np.empty(t.shape, dtype=s) for t, s in zip(ys_types, storage, strict=True)]
            for number, index in enumerate(order, 1):
                spend(0)
                results = body.run([*const, *carry, *[x[index] for x in xs]])
                carry = probe.carry(number, results[:carried])
                for stack, value in zip(ys, results[carried:], strict=True):
                    stack[index, ...] = value
            return probe.outputs([*carry, *ys])

        return call

    def while_loop(self, equation: Equation) -> Call:
        """`lax.while_loop`: runs the body as long as the condition holds."""
        params = equation.params
        condition, body = self._frame(params["cond_jaxpr"]), self._frame(params["body_jaxpr"])
        n_cond, n_body = params["cond_nconsts"], params["body_nconsts"]
        batched = bool(params["cond_jaxpr"].outputs[0].type.shape)
        spend = self.budget.spend

        def call(*inputs: Array) -> Sequence[Array]:
            cond_consts, body_consts = inputs[:n_cond], inputs[n_cond : n_cond + n_body]
            carry: Sequence[Array] = inputs[n_cond + n_body :]
            while True:
                going = condition.run([*cond_consts, *carry])[0]
                if not (going.any() if batched else going):
                    return carry
                spend(0)
                stepped = body.run([*body_consts, *carry])
                carry = _where_going(going, stepped, carry) if batched else stepped

        return call

    def cond(self, equation: Equation) -> Call:
        """`lax.cond` and `lax.switch`: an index outside the branches is clamped."""
        branches = [self._frame(branch) for branch in equation.params["branches"]]

        def call(index: Array, *inputs: Array) -> Sequence[Array]:
            return branches[min(max(int(index), 0), len(branches) - 1)].run(inputs)

        return call

    def inline(self, equation: Equation) -> Call:
        """A call such as jit or remat, and the primal of custom_jvp and custom_vjp."""
        body = self._frame(equation.params["jaxpr"])
        return lambda *inputs: body.run(inputs)


def _where_going(going: Array, new: Sequence[Array], old: Sequence[Array]) -> list[Array]:
    """A step of a batched loop: the batch elements whose condition is over stay as they are."""
    return [
        np.where(going.reshape(going.shape + (1,) * (np.ndim(n) - going.ndim)), n, o)
        for n, o in zip(new, old, strict=True)
    ]


class _Unwatched:
    """The probe of a scan nobody watches."""

    def operands(
        self, consts: Sequence[Array], init: Sequence[Array], xs: Sequence[Array]
    ) -> tuple[Sequence[Array], Sequence[Array], Sequence[Array]]:
        return consts, init, xs

    def carry(self, step: int, carry: Sequence[Array]) -> Sequence[Array]:
        return carry

    def outputs(self, outputs: Sequence[Array]) -> Sequence[Array]:
        return outputs


_UNWATCHED = _Unwatched()

_CONTROL: dict[str, Callable[[Evaluator, Equation], Call]] = {
    "scan": Evaluator.scan,
    "while": Evaluator.while_loop,
    "cond": Evaluator.cond,
    "call": Evaluator.inline,
}

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
