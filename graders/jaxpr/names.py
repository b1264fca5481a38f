"""Names for the variables of a program: an argument's own, or the next letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from keyword import iskeyword
from string import ascii_lowercase

from graders.jaxpr.model import Equation, Program, Variable

Names = Mapping[Variable, str]


def name(
    program: Program, arguments: Sequence[str] = (), known: Names | None = None
) -> dict[Variable, str]:
    """A name for every variable of a program and of the programs nested in it.

    The inputs are called what `arguments` says, as far as it goes. What a nested program is given
    unchanged is called in it what it is called outside. Variables in `known` keep their names, so
    that two versions of one program can be told apart line by line.
    """
    names = dict(known or {})
    for variable, text in zip(program.inputs, arguments, strict=False):
        names.setdefault(variable, text)
    _Namer(names, _letters(frozenset(names.values())), set()).program(program)
    return names


@dataclass(frozen=True, slots=True)
class _Namer:
    names: dict[Variable, str]
    fresh: Iterator[str]
    seen: set[Program]

    def program(self, program: Program) -> None:
        if program in self.seen:
            return
        self.seen.add(program)
        self.bind(program.inputs)
        self.bind([variable for variable, _ in program.constants])
        for equation in program.equations:
            self.bind(equation.outputs)
            for variable, outside in _handed_in(equation):
                self.names.setdefault(variable, self.names[outside])
            for nested in equation.programs():
                self.program(nested)

    def bind(self, variables: Sequence[Variable]) -> None:
        for variable in variables:
            if variable not in self.names:
                self.names[variable] = next(self.fresh)


def _letters(taken: frozenset[str]) -> Iterator[str]:
    """a, b, ..., z, aa, ab, ... without words of Python and what is taken."""
    length = 0
    while True:
        length += 1
        for letters in product(ascii_lowercase, repeat=length):
            word = "".join(letters)
            if not iskeyword(word) and word not in taken:
                yield word


def _handed_in(equation: Equation) -> Iterator[tuple[Variable, Variable]]:
    """Inputs of nested programs that are the value of a variable outside, all the time."""
    for inner, outer in _unchanged(equation):
        for variable, atom in zip(inner.inputs, outer, strict=False):
            if isinstance(atom, Variable):
                yield variable, atom


def _unchanged(equation: Equation) -> Iterator[tuple[Program, Sequence[object]]]:
    params, inputs = equation.params, equation.inputs
    if equation.primitive == "scan":
        yield params["jaxpr"], inputs[: params["num_consts"]]
    elif equation.primitive == "while":
        first, second = params["cond_nconsts"], params["body_nconsts"]
        yield params["cond_jaxpr"], inputs[:first]
        yield params["body_jaxpr"], inputs[first : first + second]
    elif equation.primitive == "cond":
        yield from ((branch, inputs[1:]) for branch in params["branches"])
    elif equation.primitive == "call":
        yield params["jaxpr"], inputs
