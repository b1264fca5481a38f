"""Calls written out and settled branches taken: a program of plain equations and loops only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graders.jaxpr.arithmetic import NATIVE
from graders.jaxpr.interpret import (
    Broken,
    Budget,
    BudgetExceeded,
    Evaluator,
    TooLarge,
    Unsupported,
)
from graders.jaxpr.model import RECOMPUTED, Array, Atom, Equation, Literal, Program, Variable
from graders.jaxpr.rules.table import RULES

_FOLDED = 256


def inline(program: Program) -> Program:
    """An equivalent program without calls, and without branches on what is known."""
    return _Inliner().program(program)


@dataclass(slots=True)
class _Inliner:
    """Rewrites programs; a nested program that is used twice alike is rewritten once."""

    done: dict[tuple[Program, int], Program] = field(default_factory=dict)

    def program(self, program: Program, recomputed: int = 0) -> Program:
        key = (program, recomputed)
        if key not in self.done:
            scope = _Scope({v: v for v in program.inputs}, recomputed=recomputed)
            self.body(program, scope)
            outputs = tuple(scope.read(atom) for atom in program.outputs)
            self.done[key] = Program(
                program.inputs, tuple(scope.constants), tuple(scope.equations), outputs
            )
        return self.done[key]

    def body(self, program: Program, scope: _Scope) -> None:
        for variable, value in program.constants:
            fresh = Variable(variable.type)
            scope.names[variable] = fresh
            scope.constants.append((fresh, value))
        for equation in program.equations:
            self.equation(equation, scope)

    def equation(self, equation: Equation, scope: _Scope) -> None:
        inputs = tuple(scope.read(atom) for atom in equation.inputs)
        if equation.primitive == "call":
            again = scope.recomputed + (equation.params.get("kind") == RECOMPUTED)
            self.call(equation.params["jaxpr"], inputs, equation.outputs, scope, again)
            return
        if equation.primitive == "cond" and isinstance(inputs[0], Literal):
            branches = equation.params["branches"]
            chosen = branches[min(max(int(inputs[0].value), 0), len(branches) - 1)]
            self.call(chosen, inputs[1:], equation.outputs, scope, scope.recomputed)
            return
        folded = _fold(equation, inputs)
        if folded is not None:
            scope.names[equation.outputs[0]] = folded
            return
        outputs = tuple(Variable(variable.type) for variable in equation.outputs)
        scope.names.update(zip(equation.outputs, outputs, strict=True))
        again = max(scope.recomputed, equation.recomputed)
        params = {key: self.param(value, again) for key, value in equation.params.items()}
        scope.equations.append(
            replace(equation, inputs=inputs, outputs=outputs, params=params, recomputed=again)
        )

    def call(
        self,
        callee: Program,
        inputs: Sequence[Atom],
        outputs: Sequence[Variable],
        scope: _Scope,
        recomputed: int,
    ) -> None:
        names = dict(zip(callee.inputs, inputs, strict=True))
        inner = _Scope(names, scope.constants, scope.equations, recomputed)
        self.body(callee, inner)
        for variable, atom in zip(outputs, callee.outputs, strict=True):
            scope.names[variable] = inner.read(atom)

    def param(self, value: Any, recomputed: int) -> Any:
        if isinstance(value, Program):
            return self.program(value, recomputed)
        if isinstance(value, tuple):
            return tuple(self.param(item, recomputed) for item in value)
        return value


@dataclass(slots=True)
class _Scope:
    names: dict[Variable, Atom]
    constants: list[tuple[Variable, Array]] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    recomputed: int = 0

    def read(self, atom: Atom) -> Atom:
        return atom if isinstance(atom, Literal) else self.names[atom]


def _fold(equation: Equation, inputs: Sequence[Atom]) -> Literal | None:
    """The value of an equation on integer literals: what decides a branch while tracing."""
    if equation.primitive not in RULES or len(equation.outputs) != 1:
        return None
    type = equation.outputs[0].type
    if not type.dtype.startswith(("int", "uint", "bool")):
        return None
    if not inputs or not all(isinstance(atom, Literal) for atom in inputs):
        return None
    alone = Program((), (), (replace(equation, inputs=tuple(inputs)),), equation.outputs)
    try:
        (value,) = Evaluator(NATIVE, Budget(1, _FOLDED, _FOLDED)).prepare(alone)(())
    except (Broken, BudgetExceeded, TooLarge, Unsupported):
        return None
    return Literal(type, value) if value.dtype == NATIVE.storage(type.dtype) else None
