"""Changes to loops and branches: direction, carry, rows, number of steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from graders.jaxpr.model import Atom, Equation, Program, Variable
from graders.mutation.change import Change, alike, put, same, swapped, with_params

MOST_PAIRS = 32


@dataclass(frozen=True, slots=True)
class _Body:
    """The body of a loop: which parameter it is, where its carry begins, how long it is."""

    key: str
    program: Program
    first: int
    size: int

    def carried(self, slot: int) -> Variable:
        return self.program.inputs[self.first + slot]


def _body(equation: Equation) -> _Body | None:
    params = equation.params
    if equation.primitive == "scan":
        return _Body("jaxpr", params["jaxpr"], params["num_consts"], params["num_carry"])
    if equation.primitive == "while":
        body, first = params["body_jaxpr"], params["body_nconsts"]
        return _Body("body_jaxpr", body, first, len(body.outputs))
    return None


def _giving(equation: Equation, body: _Body, outputs: tuple[Atom, ...]) -> tuple[Equation, ...]:
    changed = replace(body.program, outputs=outputs)
    return (with_params(equation, **{body.key: changed}),)


def pairs(atoms: Sequence[Atom], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Places of two different atoms of one type, at most `MOST_PAIRS`."""
    found = (
        (left, right)
        for left, right in combinations(range(first, last), 2)
        if alike(atoms[left], atoms[right]) and not same(atoms[left], atoms[right])
    )
    return islice(found, MOST_PAIRS)


def permuted_carry(equation: Equation) -> Iterator[Change]:
    """Two slots of the new carry in each other's place, or two of the outputs of each step."""
    body = _body(equation)
    if body is None:
        return
    outputs = body.program.outputs
    for kind, first, last in (("carry", 0, body.size), ("ys", body.size, len(outputs))):
        for left, right in pairs(outputs, first, last):
            label = f"{kind} {left - first + 1} and {right - first + 1} swapped"
            changed = _giving(equation, body, swapped(outputs, left, right))
            yield Change(label, f"{label} at the end of the body", changed)


def stale_carry(equation: Equation) -> Iterator[Change]:
    """A slot of the carry that the body gives back as it got it."""
    body = _body(equation)
    if body is None:
        return
    for slot in range(body.size):
        outputs, old = body.program.outputs, body.carried(slot)
        if outputs[slot] is not old:
            words = f"slot {slot + 1} of the carry never changes"
            changed = _giving(equation, body, put(outputs, slot, old))
            yield Change(f"carry {slot + 1} stale", words, changed)


def first_carry(equation: Equation) -> Iterator[Change]:
    """What a slot of the carry began as, in the place of what it is: for each slot in use."""
    if equation.primitive != "scan":
        return
    params = equation.params
    body: Program = params["jaxpr"]
    n_const = params["num_consts"]
    for slot in range(params["num_carry"]):
        position = n_const + slot
        held = Variable(body.inputs[position].type)
        changed = _substituted(body, body.inputs[position], held)
        if changed is not None:
            inputs = (held, *body.inputs)
            start = equation.inputs[position]
            step = replace(changed, inputs=inputs)
            scan = with_params(equation, jaxpr=step, num_consts=n_const + 1)
            label = f"carry {slot + 1} read as it began"
            words = f"each step reads slot {slot + 1} of the carry as it was before the first"
            yield Change(label, words, (replace(scan, inputs=(start, *equation.inputs)),))


def _substituted(program: Program, old: Variable, new: Variable) -> Program | None:
    """The program with one variable read for another; None where it is not read at all."""

    def read(atoms: tuple[Atom, ...]) -> tuple[Atom, ...]:
        return tuple(new if atom is old else atom for atom in atoms)

    if not any(old in equation.inputs for equation in program.equations):
        return None
    equations = tuple(
        replace(equation, inputs=read(equation.inputs)) if old in equation.inputs else equation
        for equation in program.equations
    )
    return replace(program, equations=equations, outputs=read(program.outputs))


def other_output(equation: Equation) -> Iterator[Change]:
    """Outputs of a step that are the carry before it for those after it, and the reverse."""
    body = _body(equation) if equation.primitive == "scan" else None
    if body is None:
        return
    outputs = body.program.outputs
    for position in range(body.size, len(outputs)):
        for slot in range(body.size):
            old, new, found = body.carried(slot), outputs[slot], outputs[position]
            if found in (old, new) and old is not new:
                other, when = (old, "before") if found is new else (new, "after")
                label = f"ys {position - body.size + 1} from the carry {when} the step"
                yield Change(label, label, _giving(equation, body, put(outputs, position, other)))


def reversed_scan(equation: Equation) -> Iterator[Change]:
    """The rows from the other end."""
    if equation.primitive == "scan" and equation.params["length"] > 1:
        changed = with_params(equation, reverse=not equation.params["reverse"])
        yield Change("scan reversed", "the rows from the other end", (changed,))


def other_branch(equation: Equation) -> Iterator[Change]:
    """Neighbouring branches in each other's place, or one of them always."""
    branches = equation.params["branches"] if equation.primitive == "cond" else ()
    for first in range(len(branches) - 1):
        if branches[first] is not branches[first + 1]:
            order = list(branches)
            order[first], order[first + 1] = branches[first + 1], branches[first]
            label = f"branches {first + 1} and {first + 2} swapped"
            yield Change(label, label, (with_params(equation, branches=tuple(order)),))
    for number in range(len(branches) if len(set(branches)) > 1 else 0):
        always = (branches[number],) * len(branches)
        label = f"always branch {number + 1}"
        yield Change(label, label, (with_params(equation, branches=always),))
