"""Operations that no exercise admits, or that this one forbids or asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graders.jaxpr.model import FOREIGN, Equation, Program
from graders.verdict import Finding

Found = tuple[Finding, Equation | None]

CALLBACKS = frozenset(
    {"pure_callback", "io_callback", "debug_callback", "debug_print", "python_callback"}
)

_MADE_BY = {
    "integer_pow": "x**2 with a whole number makes an integer_pow. ",
    "scan": "lax.scan, lax.map and a lax.fori_loop of fixed bounds make a scan. ",
    "while": "lax.while_loop and a lax.fori_loop of traced bounds make a while. ",
}


def callbacks(programs: Iterable[Program]) -> Iterator[Found]:
    """Calls back into Python, anywhere in the programs."""
    for program in programs:
        for equation in all_equations(program):
            if equation.primitive in CALLBACKS:
                yield (
                    Finding(
                        "host_callback",
                        f"the program calls back into Python ({equation.primitive})",
                        "Everything must be one XLA program: remove callbacks, and "
                        "jax.debug.print with them.",
                    ),
                    equation,
                )
                return


def foreign(programs: Iterable[Program]) -> Iterator[Found]:
    """Operations that are not JAX's own, whatever they are called."""
    for program in programs:
        for equation in all_equations(program):
            if equation.primitive.startswith(FOREIGN):
                name = equation.primitive.removeprefix(FOREIGN)
                yield (
                    Finding(
                        "foreign_operation",
                        f"the program uses an operation that is not one of JAX's own ({name})",
                        "Write it with the functions of jax.numpy and jax.lax.",
                    ),
                    equation,
                )
                return


def forbidden(names: Sequence[str], normal: Iterable[Program]) -> Iterator[Found]:
    """Operations that the exercise forbids, where the result depends on them."""
    for program in normal:
        for equation in program.walk():
            if equation.primitive in names:
                yield (
                    Finding(
                        "forbidden_operation",
                        f"the program uses {equation.primitive}, which this exercise forbids",
                        f"{_MADE_BY.get(equation.primitive, '')}Compute it with what the "
                        "exercise asks for.",
                    ),
                    equation,
                )
                return


def required(names: Sequence[str], normal: Iterable[Program]) -> Iterator[Found]:
    """Operations that the exercise asks for, where some program has none that matters."""
    found = [{equation.primitive for equation in program.walk()} for program in normal]
    for name in names:
        if not all(name in primitives for primitives in found):
            yield (
                Finding(
                    "missing_operation",
                    f"the result does not depend on any {name}, which this exercise asks for",
                    f"Use the function of jax.lax that makes a {name}.",
                ),
                None,
            )


def all_equations(program: Program) -> Iterator[Equation]:
    """Every equation once, shared programs not repeated."""
    seen: set[Program] = set()
    waiting = [program]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for equation in current.equations:
            yield equation
            waiting.extend(equation.programs())
