"""Evaluate a Program with NumPy, under an arithmetic and within a budget.

A program is prepared once (each equation becomes one Python callable on arrays) and run on many
batches. Control flow is in `graders.jaxpr.loops`; every other primitive is a short function in
`graders.jaxpr.rules`. Whatever a program is, evaluating it ends in results or in one of
`Unsupported`, `Broken`, `BudgetExceeded`, `TooLarge` and `NotExact`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graders.jaxpr import batching, folds
from graders.jaxpr.arithmetic import FLOAT64, Arithmetic, NotExact, is_float
from graders.jaxpr.loops import UNWATCHED, Frame, LoopProbe, Step, cond, scan, while_loop
from graders.jaxpr.model import Array, ArrayType, Atom, Equation, Literal, Program
from graders.jaxpr.rules.rule import Call, IllTyped, Rule
from graders.jaxpr.rules.table import RULES
from graders.jaxpr.steps import Plan
from graders.subject import Oracle


class Unsupported(Exception):
    """A primitive that neither the interpreter nor its oracle can evaluate."""

    def __init__(self, primitive: str) -> None:
        super().__init__(f"no rule for the primitive {primitive}")
        self.primitive = primitive


class Broken(Exception):
    """A program that is not well formed: a step of it does not give what it declares.

    JAX makes no such program. `fault` is what a rule raised without expecting it: if JAX did make
    the program, the rule is wrong.
    """

    def __init__(self, step: str, fault: Exception | None = None) -> None:
        what = "does not give what it declares"
        if fault is not None:
            what = f"cannot be evaluated ({type(fault).__name__})"
        super().__init__(f"{step} {what}")
        self.fault = fault


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
    probes: Mapping[Equation, LoopProbe] = field(default_factory=dict)

    def prepare(self, program: Program) -> Callable[[Sequence[Array]], list[Array]]:
        """A function from the program's inputs to its outputs, in this arithmetic's storage.

        Raises `Unsupported`, `TooLarge`, `Broken` or `NotExact` when the program cannot be
        evaluated at all. The function raises `BudgetExceeded`, `Broken` or `Unsupported`, and in
        exact arithmetic `NotExact`.
        """
        if footprint(program) > self.budget.largest:
            raise TooLarge(f"holds more than {self.budget.largest:,} elements at a time")
        with _refusing("the program"):
            frame = self._frame(program)
        load = self._loader(program)
        shapes = [atom.type.shape for atom in program.outputs]

        def run(arguments: Sequence[Array]) -> list[Array]:
            with _refusing("the program"), np.errstate(all="ignore"):
                try:
                    results = [np.asarray(value) for value in frame.run(load(arguments))]
                except ZeroDivisionError as error:
                    raise self._division_by_zero() from error
                if [result.shape for result in results] != shapes:
                    raise Broken("the program")
                return results

        return run

    def _loader(self, program: Program) -> Callable[[Sequence[Array]], list[Array]]:
        types = [variable.type for variable in program.inputs]
        shapes = [type.shape for type in types]

        def load(arguments: Sequence[Array]) -> list[Array]:
            loaded = [self._constant(v, t) for v, t in zip(arguments, types, strict=True)]
            if [value.shape for value in loaded] != shapes:
                raise Broken("an argument")
            return loaded

        return load

    def _constant(self, value: Array, type: ArrayType) -> Array:
        """A value in storage that no step can write to."""
        loaded = self.arithmetic.load(value, type).view()
        loaded.flags.writeable = False
        return loaded

    def _division_by_zero(self) -> Exception:
        return NotExact("a division by zero") if self.arithmetic.exact else Broken("a division")

    def _frame(self, program: Program) -> Frame:
        template: list[Any] = [None] * len(program.inputs)
        slot = {variable: index for index, variable in enumerate(program.inputs)}

        def place(value: Array | None) -> int:
            template.append(value)
            return len(template) - 1

        def read(atom: Atom) -> int:
            if isinstance(atom, Literal):
                return place(self._constant(atom.value, atom.type))
            return slot[atom]

        for variable, value in program.constants:
            slot[variable] = place(self._constant(value, variable.type))
        steps = []
        for equation in program.equations:
            sources = [read(atom) for atom in equation.inputs]
            targets = [place(None) for _ in equation.outputs]
            slot.update(zip(equation.outputs, targets, strict=True))
            steps.append(self._step(equation, sources, targets))
        return Frame(template, steps, [read(atom) for atom in program.outputs])

    def _step(self, equation: Equation, sources: list[int], targets: list[int]) -> Step:
        with _refusing(equation.primitive):
            rule = self._rule(equation)
            call = rule.prepare(equation, self.arithmetic)
            types = [variable.type for variable in equation.outputs]
            cost = sum(type.size for type in types) + max(0, rule.work(equation))
            settle = [self.arithmetic.settle(type) for type in types]
        touched = cost + len(sources) + len(targets)
        plan = Plan(equation, call, sources, targets, settle, self.budget.spend, touched)
        if rule.several:
            return plan.several()
        if len(targets) != 1:
            raise Broken(equation.primitive)
        return plan.single()

    def _rule(self, equation: Equation) -> Rule:
        if equation.primitive in CONTROL:
            return Rule(lambda equation, _: self._control(equation), exact=True, several=True)
        if equation.primitive in folds.FOLDS:
            return Rule(lambda equation, _: self._fold(equation), True, True, folds.work)
        rule = RULES.get(equation.primitive)
        if self.arithmetic.exact and (rule is None or not rule.exact) and _has_floats(equation):
            raise NotExact(f"{equation.primitive} has no exact rational result")
        if rule is None or not rule.covers(equation):
            return Rule(lambda equation, _: self._ask_oracle(equation), several=True)
        return rule

    def _control(self, equation: Equation) -> Call:
        params, spend = equation.params, self.budget.spend
        probe = self.probes.get(equation, UNWATCHED)
        if equation.primitive == "scan":
            return scan(equation, self._frame(params["jaxpr"]), self.arithmetic, probe, spend)
        if equation.primitive == "while":
            condition, body = self._frame(params["cond_jaxpr"]), self._frame(params["body_jaxpr"])
            return while_loop(equation, condition, body, probe, spend)
        if equation.primitive == "cond":
            return cond([self._frame(branch) for branch in params["branches"]])
        body = self._frame(params["jaxpr"])
        return lambda *inputs: body.run(inputs)

    def _fold(self, equation: Equation) -> Call:
        body, spend = equation.params["jaxpr"], self.budget.spend
        try:
            many = batching.batch(body, equation.outputs[0].type.size)
        except batching.NotBatchable:
            return folds.fold(equation, folds.one_by_one(self._frame(body), spend))
        return folds.fold(equation, folds.together(self._frame(many), spend))

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


CONTROL = frozenset({"scan", "while", "cond", "call"})
_OUTCOMES = (Unsupported, Broken, BudgetExceeded, TooLarge, NotExact)


@contextmanager
def _refusing(step: str) -> Iterator[None]:
    """Whatever goes wrong is one of the outcomes: `Broken` where a rule did not expect it."""
    try:
        yield
    except _OUTCOMES:
        raise
    except IllTyped as error:
        raise Broken(error.primitive) from error
    except Exception as error:
        raise Broken(step, error) from error


def footprint(program: Program) -> int:
    """Elements of all values, constants and literals of a program, nested ones included."""
    own = sum(value.size for _, value in program.constants)
    for equation in program.equations:
        own += sum(variable.type.size for variable in equation.outputs)
        own += sum(atom.type.size for atom in equation.inputs if isinstance(atom, Literal))
        own += folds.copies(equation) * sum(footprint(nested) for nested in equation.programs())
    return own + sum(atom.type.size for atom in program.outputs if isinstance(atom, Literal))


def _has_floats(equation: Equation) -> bool:
    atoms: list[Atom] = [*equation.inputs, *equation.outputs]
    return any(is_float(atom.type.dtype) or "complex" in atom.type.dtype for atom in atoms)
