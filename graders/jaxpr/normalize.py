"""The normal form of a program: calls inlined, settled branches taken, dead code gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from graders.jaxpr.encode import encode
from graders.jaxpr.inline import inline
from graders.jaxpr.model import Atom, Equation, Program, Variable

MAX_TERMS = 1_000_000
MAX_EFFORT = 20_000_000
T = TypeVar("T")


class TooLong(Exception):
    """The program is too long once its calls are written out, or too tangled to simplify."""


def normalize(program: Program) -> Program:
    """An equivalent program without calls and without dead equations, scans and loops pruned too.

    Raises `TooLong` when that would take more than `MAX_TERMS` to write or `MAX_EFFORT` to find.
    """
    if written_out(program, {}) > MAX_TERMS:
        raise TooLong(f"takes more than {MAX_TERMS:,} terms once its calls are written out")
    return prune(inline(program), [True] * len(program.outputs))


def alike(left: Program, right: Program) -> bool:
    """Whether two programs have the same normal form; raises `TooLong`.

    What only dead code tells apart does not count, such as the numbers by which JAX counts the
    checks of `checkify` while it traces.
    """
    return encode(normalize(left)) == encode(normalize(right))


def written_out(program: Program, known: dict[Program, int]) -> int:
    """Terms of a program with every nested program counted at each place it is used."""
    if program not in known:
        known[program] = terms(program) + sum(
            written_out(nested, known)
            for equation in program.equations
            for nested in equation.programs()
        )
    return known[program]


def terms(program: Program) -> int:
    """Equations of a program, and the values they read and bind; nested programs not counted."""
    own = len(program.inputs) + len(program.constants) + len(program.outputs)
    return own + sum(1 + len(e.inputs) + len(e.outputs) for e in program.equations)


def prune(program: Program, wanted: Sequence[bool], effort: int = MAX_EFFORT) -> Program:
    """The program with only the wanted outputs and what they need.

    Raises `TooLong` when finding it out would take more than looking at `effort` terms.
    """
    return _Pruner(effort).prune(program, wanted)[0]


@dataclass(slots=True)
class _Pruner:
    """Drops what nothing needs. A loop is looked through until its live carry stops growing."""

    effort: int

    def prune(self, program: Program, wanted: Sequence[bool]) -> tuple[Program, list[bool]]:
        """The program with the wanted outputs only, and which of its inputs it still reads.

        The inputs themselves are kept: the caller drops those it does not need.
        """
        self.effort -= terms(program)
        if self.effort < 0:
            raise TooLong("takes too long to simplify: its loops nest too deep")
        needed: set[Variable] = set()

        def need(atoms: Sequence[Atom]) -> None:
            needed.update(atom for atom in atoms if isinstance(atom, Variable))

        outputs = tuple(a for a, keep in zip(program.outputs, wanted, strict=True) if keep)
        need(outputs)
        kept: list[Equation] = []
        for equation in reversed(program.equations):
            used = [variable in needed for variable in equation.outputs]
            if any(used):
                kept.append(self.equation(equation, used))
                need(kept[-1].inputs)
        constants = tuple((v, value) for v, value in program.constants if v in needed)
        pruned = Program(program.inputs, constants, tuple(reversed(kept)), outputs)
        return pruned, [variable in needed for variable in program.inputs]

    def equation(self, equation: Equation, used: Sequence[bool]) -> Equation:
        if equation.primitive == "scan":
            return self.scan(equation, used)
        if equation.primitive == "while":
            return self.loop(equation, used)
        return self.cond(equation, used) if equation.primitive == "cond" else equation

    def scan(self, equation: Equation, used: Sequence[bool]) -> Equation:
        params = equation.params
        n_const, n_carry = params["num_consts"], params["num_carry"]
        carried, stacked = list(used[:n_carry]), list(used[n_carry:])
        while True:
            body, read = self.prune(params["jaxpr"], carried + stacked)
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

    def loop(self, equation: Equation, used: Sequence[bool]) -> Equation:
        params = equation.params
        n_cond, n_body = params["cond_nconsts"], params["body_nconsts"]
        condition, asked = self.prune(params["cond_jaxpr"], [True])
        carried = [a or b for a, b in zip(used, asked[n_cond:], strict=True)]
        while True:
            body, read = self.prune(params["body_jaxpr"], carried)
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

    def cond(self, equation: Equation, used: Sequence[bool]) -> Equation:
        pruned = [self.prune(branch, used) for branch in equation.params["branches"]]
        keep = [any(column) for column in zip(*(read for _, read in pruned), strict=True)]
        branches = tuple(_with_inputs(branch, keep) for branch, _ in pruned)
        return replace(
            equation,
            inputs=_kept(equation.inputs, [True, *keep]),
            outputs=_kept(equation.outputs, used),
            params={**equation.params, "branches": branches},
        )


def _with_inputs(program: Program, keep: Sequence[bool]) -> Program:
    return replace(program, inputs=_kept(program.inputs, keep))


def _kept(items: Sequence[T], keep: Sequence[bool]) -> tuple[T, ...]:
    return tuple(item for item, wanted in zip(items, keep, strict=True) if wanted)
