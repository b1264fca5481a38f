"""The normal form of a program: calls inlined, settled branches taken, dead code gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np

from graders.jaxpr.arithmetic import NATIVE
from graders.jaxpr.model import Array, Atom, Equation, Literal, Program, Variable
from graders.jaxpr.rules.table import RULES

MAX_EQUATIONS = 200_000
_FOLDED = 64
T = TypeVar("T")


class TooLong(Exception):
    """The program is too long once its calls are written out."""


def normalize(program: Program) -> Program:
    """An equivalent program without calls and without dead equations, scans and loops pruned too.

    Raises `TooLong` when writing the calls out would take more than `MAX_EQUATIONS`.
    """
    if written_out(program, {}) > MAX_EQUATIONS:
        raise TooLong(f"more than {MAX_EQUATIONS:,} operations once its calls are written out")
    return prune(_Inliner().program(program), [True] * len(program.outputs))[0]


def written_out(program: Program, known: dict[Program, int]) -> int:
    """Equations of a program with every nested program counted at each place it is used."""
    if program not in known:
        known[program] = sum(
            1 + sum(written_out(nested, known) for nested in equation.programs())
            for equation in program.equations
        )
    return known[program]


@dataclass(slots=True)
class _Inliner:
    """Rewrites programs; a nested program that is used twice is rewritten once."""

    done: dict[Program, Program] = field(default_factory=dict)

    def program(self, program: Program) -> Program:
        if program not in self.done:
            scope = _Scope({v: v for v in program.inputs})
            self.body(program, scope)
            outputs = tuple(scope.read(atom) for atom in program.outputs)
            self.done[program] = Program(
                program.inputs, tuple(scope.constants), tuple(scope.equations), outputs
            )
        return self.done[program]

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
            self.call(equation.params["jaxpr"], inputs, equation.outputs, scope)
            return
        if equation.primitive == "cond" and isinstance(inputs[0], Literal):
            branches = equation.params["branches"]
            chosen = branches[min(max(int(inputs[0].value), 0), len(branches) - 1)]
            self.call(chosen, inputs[1:], equation.outputs, scope)
            return
        folded = _fold(equation, inputs)
        if folded is not None:
            scope.names[equation.outputs[0]] = folded
            return
        outputs = tuple(Variable(variable.type) for variable in equation.outputs)
        scope.names.update(zip(equation.outputs, outputs, strict=True))
        params = {key: self.param(value) for key, value in equation.params.items()}
        scope.equations.append(replace(equation, inputs=inputs, outputs=outputs, params=params))

    def call(
        self,
        callee: Program,
        inputs: Sequence[Atom],
        outputs: Sequence[Variable],
        scope: _Scope,
    ) -> None:
        inner = _Scope(
            dict(zip(callee.inputs, inputs, strict=True)), scope.constants, scope.equations
        )
        self.body(callee, inner)
        for variable, atom in zip(outputs, callee.outputs, strict=True):
            scope.names[variable] = inner.read(atom)

    def param(self, value: Any) -> Any:
        if isinstance(value, Program):
            return self.program(value)
        if isinstance(value, tuple):
            return tuple(self.param(item) for item in value)
        return value


@dataclass(slots=True)
class _Scope:
    names: dict[Variable, Atom]
    constants: list[tuple[Variable, Array]] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)

    def read(self, atom: Atom) -> Atom:
        return atom if isinstance(atom, Literal) else self.names[atom]


def _fold(equation: Equation, inputs: Sequence[Atom]) -> Literal | None:
    """The value of an equation on integer literals: what decides a branch while tracing."""
    rule = RULES.get(equation.primitive)
    if rule is None or rule.several or len(equation.outputs) != 1:
        return None
    type = equation.outputs[0].type
    if type.size > _FOLDED or not type.dtype.startswith(("int", "uint", "bool")):
        return None
    values = [atom.value for atom in inputs if isinstance(atom, Literal)]
    if not values or len(values) < len(inputs) or any(v.size > _FOLDED for v in values):
        return None
    with np.errstate(all="ignore"):
        value = rule.prepare(replace(equation, inputs=tuple(inputs)), NATIVE)(*values)
    return Literal(type, np.asarray(value, dtype=NATIVE.storage(type.dtype)))


def prune(program: Program, wanted: Sequence[bool]) -> tuple[Program, list[bool]]:
    """The program with only the wanted outputs and what they need, and which inputs it still reads.

    The inputs themselves are kept: the caller drops those it does not need.
    """
    needed: set[Variable] = set()

    def need(atoms: Sequence[Atom]) -> None:
        needed.update(atom for atom in atoms if isinstance(atom, Variable))

    outputs = tuple(a for a, keep in zip(program.outputs, wanted, strict=True) if keep)
    need(outputs)
    kept: list[Equation] = []
    for equation in reversed(program.equations):
        used = [variable in needed for variable in equation.outputs]
        if any(used):
            kept.append(_PRUNE.get(equation.primitive, _whole)(equation, used))
            need(kept[-1].inputs)
    constants = tuple((v, value) for v, value in program.constants if v in needed)
    pruned = Program(program.inputs, constants, tuple(reversed(kept)), outputs)
    return pruned, [variable in needed for variable in program.inputs]


def _whole(equation: Equation, used: Sequence[bool]) -> Equation:
    return equation


def _prune_scan(equation: Equation, used: Sequence[bool]) -> Equation:
    params = equation.params
    n_const, n_carry = params["num_consts"], params["num_carry"]
    carried, stacked = list(used[:n_carry]), list(used[n_carry:])
    while True:
        body, read = prune(params["jaxpr"], carried + stacked)
        live = [a or b for a, b in zip(carried, read[n_const : n_const + n_carry], strict=True)]
        if live == carried:
            break
        carried = live
    keep = read[:n_const] + carried + read[n_const + n_carry :]
    changed = {
        "jaxpr": _with_inputs(body, keep),
        "num_consts": sum(read[:n_const]),
        "num_carry": sum(carried),
    }
    return replace(
        equation,
        inputs=_kept(equation.inputs, keep),
        outputs=_kept(equation.outputs, carried + stacked),
        params={**params, **changed},
    )


def _prune_while(equation: Equation, used: Sequence[bool]) -> Equation:
    params = equation.params
    n_cond, n_body = params["cond_nconsts"], params["body_nconsts"]
    condition, asked = prune(params["cond_jaxpr"], [True])
    carried = [a or b for a, b in zip(used, asked[n_cond:], strict=True)]
    while True:
        body, read = prune(params["body_jaxpr"], carried)
        live = [a or b for a, b in zip(carried, read[n_body:], strict=True)]
        if live == carried:
            break
        carried = live
    changed = {
        "cond_jaxpr": _with_inputs(condition, asked[:n_cond] + carried),
        "body_jaxpr": _with_inputs(body, read[:n_body] + carried),
        "cond_nconsts": sum(asked[:n_cond]),
        "body_nconsts": sum(read[:n_body]),
    }
    return replace(
        equation,
        inputs=_kept(equation.inputs, asked[:n_cond] + read[:n_body] + carried),
        outputs=_kept(equation.outputs, carried),
        params={**params, **changed},
    )


def _prune_cond(equation: Equation, used: Sequence[bool]) -> Equation:
    pruned = [prune(branch, used) for branch in equation.params["branches"]]
    keep = [any(column) for column in zip(*(read for _, read in pruned), strict=True)]
    branches = tuple(_with_inputs(branch, keep) for branch, _ in pruned)
    return replace(
        equation,
        inputs=_kept(equation.inputs, [True, *keep]),
        outputs=_kept(equation.outputs, used),
        params={**equation.params, "branches": branches},
    )


_PRUNE = {"scan": _prune_scan, "while": _prune_while, "cond": _prune_cond}


def _with_inputs(program: Program, keep: Sequence[bool]) -> Program:
    return replace(program, inputs=_kept(program.inputs, keep))


def _kept(items: Sequence[T], keep: Sequence[bool]) -> tuple[T, ...]:
    return tuple(item for item, wanted in zip(items, keep, strict=True) if wanted)
