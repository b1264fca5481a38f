"""A submission's program as the judge sees it: equations, loops, what is dead, what grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.inputs import growth_shapes
from graders.jaxpr.dataflow import Origins, bypasses
from graders.jaxpr.inline import inline
from graders.jaxpr.model import Equation, Program
from graders.jaxpr.normalize import normalize, prune
from graders.jaxpr.show import show
from graders.rubric import Rubric
from graders.subject import Dimensions, Trace

_LOOPS = frozenset({"scan", "while"})
_REBUILT = _LOOPS | {"cond"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the program; `line` is the one of the file it comes from, if that is known.

    `loop` says that a scan or while begins here.
    """

    text: str
    line: int | None
    loop: bool


@dataclass(frozen=True, slots=True)
class Loop:
    """A scan or while: its steps (None if data decide), and which arguments reach what it is given.

    `results` are the arguments that reach the program's results past it.
    """

    kind: str
    line: int | None
    steps: int | None
    carry: tuple[str, ...]
    xs: tuple[str, ...]
    captured: tuple[str, ...]
    past: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dead:
    """An operation that no result depends on, and the line it comes from."""

    primitive: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Growth:
    """How many operations there are for two sizes of a dimension, and on which lines they grow."""

    dimension: str
    sizes: tuple[int, int]
    operations: tuple[int, int]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A program for one shape, and what is to be said of it."""

    dimensions: Dimensions
    result: str
    rows: tuple[Row, ...]
    loops: tuple[Loop, ...]
    dead: tuple[Dead, ...]
    growth: tuple[Growth, ...]


def view(rubric: Rubric, traces: Sequence[Trace]) -> View:
    """The program for a shape whose extents are told apart; raises what normalizing it raises."""
    trace = min(traces, key=_plainness)
    program = normalize(trace.program)
    names = [argument.name for argument in rubric.arguments]
    roots = [argument.root for argument in rubric.arguments]
    return View(
        trace.dimensions,
        str(trace.result),
        tuple(_rows(program, names)),
        tuple(_loops(program, roots)),
        tuple(_dead(trace.program)),
        tuple(_growth(rubric, {each.dimensions: each.program for each in traces})),
    )


def _plainness(trace: Trace) -> tuple[bool, list[int]]:
    sizes = [size for _, size in trace.dimensions]
    return len({1, *sizes}) <= len(sizes), sizes


def _rows(program: Program, names: Sequence[str]) -> Iterator[Row]:
    for line in show(program, names):
        equation = line.equation
        loop = equation is not None and equation.primitive in _LOOPS
        yield Row(str(line), _line(equation), loop)


def _line(equation: Equation | None) -> int | None:
    return equation.location.line if equation is not None and equation.location else None


def _loops(program: Program, names: Sequence[str]) -> Iterator[Loop]:
    for equation in program.walk():
        if equation.primitive not in _LOOPS:
            continue
        past, operands = bypasses(program, names, equation)
        consts, carried = _split(equation)
        yield Loop(
            equation.primitive,
            _line(equation),
            equation.params.get("length"),
            _named(names, operands[consts : consts + carried]),
            _named(names, operands[consts + carried :]),
            _named(names, operands[:consts]),
            _named(names, [past]),
        )


def _split(equation: Equation) -> tuple[int, int]:
    """How many operands of a loop are constants, and how many are carried."""
    params = equation.params
    if equation.primitive == "scan":
        return params["num_consts"], params["num_carry"]
    consts = params["cond_nconsts"] + params["body_nconsts"]
    return consts, len(equation.inputs) - consts


def _named(names: Sequence[str], origins: Sequence[Origins]) -> tuple[str, ...]:
    """Arguments in the order of the signature, each once."""
    found = frozenset[str]().union(*origins)
    return tuple(name for name in dict.fromkeys(names) if name in found)


def _dead(traced: Program) -> Iterator[Dead]:
    """Operations that pruning drops, loops and branches only as a whole."""
    inlined = inline(traced)
    alive = set(prune(inlined, [True] * len(inlined.outputs)).walk())
    # Loops and branches are rebuilt while what is in them is pruned: they are told by their place.
    kept = Counter((e.primitive, _line(e)) for e in alive if e.primitive in _REBUILT)
    for equation in inlined.walk():
        key = (equation.primitive, _line(equation))
        if equation.primitive in _REBUILT:
            if kept[key]:
                kept[key] -= 1
                continue
        elif equation in alive:
            continue
        yield Dead(*key)


def _growth(rubric: Rubric, traced: Mapping[Dimensions, Program]) -> Iterator[Growth]:
    pairs = growth_shapes(rubric)
    for name, small, large in zip(rubric.structure.sized, pairs[::2], pairs[1::2], strict=True):
        before, after = (list(normalize(traced[shape]).walk()) for shape in (small, large))
        few, many = (Counter(map(_line, equations)) for equations in (before, after))
        lines = sorted(line for line in many if line is not None and many[line] > few[line])
        sizes = dict(small)[name], dict(large)[name]
        yield Growth(name, sizes, (len(before), len(after)), tuple(lines))
