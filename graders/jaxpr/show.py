"""A program as lines one can read: one equation a line, nested programs indented below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from graders.jaxpr.model import Atom, Equation, Literal, Program, Variable
from graders.jaxpr.names import Names, name
from graders.jaxpr.wording import atom_text, bound, equation_text, listed, value_text

MOST_LINES = 10_000
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a program; `equation` is the one that starts on it, if any."""

    indent: int
    text: str
    equation: Equation | None = None

    def __str__(self) -> str:
        return _INDENT * self.indent + self.text


def show(
    program: Program,
    arguments: Sequence[str] = (),
    names: Names | None = None,
    most: int = MOST_LINES,
) -> tuple[Line, ...]:
    """The lines of a program, inputs first and results last.

    `arguments` are names for the inputs, as far as they go. `names` are names for all variables, as
    `graders.jaxpr.names.name` gives them. A program that shares nested ones can be far longer
    written out than it is: after `most` lines it is cut.
    """
    found = name(program, arguments) if names is None else names
    inputs, outputs = _Inputs("inputs", program.inputs), _Outputs("returns", program.outputs)
    whole = _Part("", program, (inputs,), (outputs,))
    lines = list(islice(_Shower(found).lines(whole, 0), most + 1))
    return (*lines[:most], Line(0, "...")) if len(lines) > most else tuple(lines)


def join(lines: Iterable[Line]) -> str:
    """The lines as one text."""
    return "\n".join(map(str, lines))


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Some inputs of a nested program, and what they are given outside.

    `word` says how they come by it.
    """

    title: str
    inside: Sequence[Variable]
    word: str = ""
    outside: Sequence[Atom] = ()

    def texts(self, names: Names) -> Iterator[str]:
        if not self.word:
            yield from (bound(variable, names) for variable in self.inside)
        for variable, atom in zip(self.inside, self.outside, strict=False):
            given = atom_text(atom, names)
            same = self.word == _IS and given == names[variable]
            yield given if same else f"{bound(variable, names)} {self.word} {given}"


_IS, _FROM, _IN = "=", "from", "in"


@dataclass(frozen=True, slots=True)
class _Outputs:
    """Some outputs of a nested program."""

    title: str
    inside: Sequence[Atom]

    def texts(self, names: Names) -> Iterator[str]:
        return (atom_text(atom, names) for atom in self.inside)


@dataclass(frozen=True, slots=True)
class _Part:
    """A nested program with its inputs and outputs in groups."""

    label: str
    program: Program
    inputs: Sequence[_Inputs]
    outputs: Sequence[_Outputs]


@dataclass(frozen=True, slots=True)
class _Shower:
    names: Names
    known: dict[Equation, list[_Part]] = field(default_factory=dict)

    def lines(self, part: _Part, indent: int) -> Iterator[Line]:
        if part.label:
            yield _line(indent, part.label)
            indent += 1
        yield from self.groups(part.inputs, indent)
        for variable, value in part.program.constants:
            text = value_text(Literal(variable.type, value))
            yield _line(indent, f"constant {bound(variable, self.names)} = {text}")
        for equation in part.program.equations:
            yield _line(indent, equation_text(equation, self.names), equation)
            for nested in self.parts(equation):
                yield from self.lines(nested, indent + 1)
        yield from self.groups(part.outputs, indent)

    def groups(self, groups: Sequence[_Inputs | _Outputs], indent: int) -> Iterator[Line]:
        for group in groups:
            if group.inside:
                yield _line(indent, f"{group.title} {listed(group.texts(self.names))}")

    def parts(self, equation: Equation) -> list[_Part]:
        if equation not in self.known:
            find = _PARTS.get(equation.primitive, _unknown)
            self.known[equation] = list(find(equation))
        return self.known[equation]


def _line(indent: int, text: str, equation: Equation | None = None) -> Line:
    """A line that stays one, whatever a name in it is made of."""
    plain = text if text.isprintable() else "".join(c if c.isprintable() else "?" for c in text)
    return Line(indent, plain, equation)


def _scan(equation: Equation) -> Iterator[_Part]:
    body: Program = equation.params["jaxpr"]
    n_const, n_carry = equation.params["num_consts"], equation.params["num_carry"]
    inside, outside, gives = body.inputs, equation.inputs, body.outputs
    split = n_const + n_carry
    inputs = (
        _Inputs("consts", inside[:n_const], _IS, outside[:n_const]),
        _Inputs("carry", inside[n_const:split], _FROM, outside[n_const:split]),
        _Inputs("xs", inside[split:], _IN, outside[split:]),
    )
    outputs = _Outputs("gives carry", gives[:n_carry]), _Outputs("gives ys", gives[n_carry:])
    yield _Part("", body, inputs, outputs)


def _while(equation: Equation) -> Iterator[_Part]:
    params, outside = equation.params, equation.inputs
    first, second = params["cond_nconsts"], params["body_nconsts"]
    halves = (
        ("condition", params["cond_jaxpr"], outside[:first], "gives"),
        ("body", params["body_jaxpr"], outside[first : first + second], "gives carry"),
    )
    for label, program, consts, gives in halves:
        split = len(consts)
        inputs = (
            _Inputs("consts", program.inputs[:split], _IS, consts),
            _Inputs("carry", program.inputs[split:], _FROM, outside[first + second :]),
        )
        yield _Part(label, program, inputs, (_Outputs(gives, program.outputs),))


def _cond(equation: Equation) -> Iterator[_Part]:
    for number, branch in enumerate(equation.params["branches"]):
        inputs = (_Inputs("consts", branch.inputs, _IS, equation.inputs[1:]),)
        yield _Part(f"branch {number}", branch, inputs, (_Outputs("gives", branch.outputs),))


def _call(equation: Equation) -> Iterator[_Part]:
    body: Program = equation.params["jaxpr"]
    inputs = (_Inputs("consts", body.inputs, _IS, equation.inputs),)
    yield _Part("", body, inputs, (_Outputs("gives", body.outputs),))


def _unknown(equation: Equation) -> Iterator[_Part]:
    """What a primitive of another kind does with a program is not known."""
    for program in equation.programs():
        inputs, outputs = _Inputs("inputs", program.inputs), _Outputs("gives", program.outputs)
        yield _Part("with", program, (inputs,), (outputs,))


_PARTS: Mapping[str, Callable[[Equation], Iterator[_Part]]] = {
    "scan": _scan,
    "while": _while,
    "cond": _cond,
    "call": _call,
}
