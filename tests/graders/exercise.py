"""A small exercise, its reference, and a subject that is a Python function traced in-process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from graders.bank import Bank, device_batches, draw
from graders.diagnosis import Mistake
from graders.form import filled
from graders.grade import Grader
from graders.inputs import Batch, shapes
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Location, Program
from graders.jaxpr.normalize import normalize
from graders.rubric import Argument, Dimension, Result, Rubric, ScanRule, Signature, Structure
from graders.slips.repair import Repair
from graders.steps import Watcher, unwatched
from graders.structure import Programs, check
from graders.subject import DeviceRun, Dimensions, Failure, Oracle, Trace
from graders.verdict import CheckResult, Judgement
from harness.sandbox.child import dialect
from tests.graders.programs import traced

RUBRIC = Rubric(
    entry="descend",
    dimensions=(Dimension("N", 1, 6), Dimension("B", 1, 4)),
    arguments=(
        Argument("w", (), "float32", -3, 3),
        Argument("lr", (), "float32", 1 / 128, 1 / 16),
        Argument("x_batches", ("N", "B"), "float32", -2, 2),
        Argument("y_batches", ("N", "B"), "float32", -2, 2),
    ),
    results=(Result((), "float32"),),
    signature=Signature.flat(("w", "lr", "x_batches", "y_batches")),
    structure=Structure(ScanRule("N", ("w",), ("x_batches", "y_batches")), ("N",)),
    batches=30,
    minimum_move=0.01,
)


def gradient(w: Any, x: Any, y: Any) -> Any:
    return jnp.sum(2 * (w * x - y) * x)


def reference(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.scan(lambda w, row: (w - lr * gradient(w, *row), None), w, (xs, ys))[0]


def unrolled(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    for x, y in zip(xs, ys, strict=True):
        w = w - lr * gradient(w, x, y)
    return w


def abstract(rubric: Rubric, dimensions: Dimensions) -> list[Any]:
    types = [argument.type(dimensions) for argument in rubric.arguments]
    return [dialect.abstract(type.dtype, type.shape) for type in types]


def flat(
    function: Callable[..., Any], dimensions: Dimensions, rubric: Rubric = RUBRIC
) -> Callable[..., Any]:
    """The function of the arrays alone, which it gets in their containers."""
    forms, sizes = rubric.signature.forms, dict(dimensions)
    return lambda *leaves: function(*[filled(form, leaves, sizes) for form in forms])


def trace(function: Callable[..., Any], dimensions: Dimensions, rubric: Rubric = RUBRIC) -> Trace:
    types, called = abstract(rubric, dimensions), flat(function, dimensions, rubric)
    tree = dialect.result_tree(jax.eval_shape(called, *types))
    return Trace(dimensions, traced(called, *types), tree)


@cache
def traces(function: Callable[..., Any], rubric: Rubric = RUBRIC) -> tuple[Trace, ...]:
    return tuple(trace(function, dimensions, rubric) for dimensions in shapes(rubric))


@cache
def bank(function: Callable[..., Any] = reference, rubric: Rubric = RUBRIC) -> Bank:
    drawn = draw(rubric, traces(function, rubric))
    numbers = [drawn.of_shape(drawn.shapes[p])[0] for p in device_batches(rubric, drawn.shapes)]
    device = {n: run(function, drawn.batches[n], rubric) for n in numbers}
    return replace(drawn, device=device)


def run(function: Callable[..., Any], batch: Batch, rubric: Rubric = RUBRIC) -> tuple[Array, ...]:
    """The leaves of a function's result in float32 on XLA."""
    pairs = zip(batch.arguments, rubric.arguments, strict=True)
    values = [dialect.device_array(value, argument.dtype) for value, argument in pairs]
    result = jax.jit(flat(function, batch.dimensions, rubric))(*values)
    return tuple(np.asarray(leaf) for leaf in jax.tree.leaves(result))


@dataclass
class FakeSubject:
    """A function in the place of a submission; `instead` and `runs` replace what it would give.

    `wanted` is the reference of its rubric.
    """

    function: Callable[..., Any] = reference
    rubric: Rubric = RUBRIC
    instead: Sequence[Trace] | Failure | None = None
    runs: Sequence[DeviceRun] | Failure | None = None
    wanted: Callable[..., Any] = reference

    def traces(self) -> Sequence[Trace] | Failure:
        return traces(self.function, self.rubric) if self.instead is None else self.instead

    def device_runs(self) -> Sequence[DeviceRun] | Failure:
        if self.runs is not None:
            return self.runs
        drawn = bank(self.wanted, self.rubric)
        return [
            DeviceRun(n, run(self.function, drawn.batches[n], self.rubric)) for n in drawn.device
        ]

    def device(self) -> str:
        return "cpu"


def judged(
    subject: FakeSubject | Callable[..., Any],
    *mistakes: Mistake,
    oracle: Oracle | None = None,
    lines: Sequence[str] = (),
    imitations: Sequence[Mistake] = (),
    repair: Repair | None = None,
    watcher: Watcher = unwatched,
) -> Judgement:
    found = subject if isinstance(subject, FakeSubject) else FakeSubject(subject)
    known = (lambda: mistakes, lambda: imitations, lambda: repair)
    grader = Grader(found.rubric, bank(found.wanted, found.rubric), *known, oracle, watcher=watcher)
    return grader.grade(found, lines)


def built(
    function: Callable[..., Any],
    rubric: Rubric = RUBRIC,
    wanted: Callable[..., Any] = reference,
    *,
    correct: bool = True,
) -> CheckResult:
    """What is found of how a function is built."""
    traced = {found.dimensions: found.program for found in traces(function, rubric)}
    programs = Programs(traced, {shape: normalize(p) for shape, p in traced.items()})
    return check(rubric, bank(wanted, rubric), programs, Evaluator(), [], correct=correct)


def mistake(
    name: str,
    title: str,
    function: Callable[..., Any],
    rubric: Rubric = RUBRIC,
    wanted: Callable[..., Any] = reference,
) -> Mistake:
    """A known mistake, as the results of a function on every batch."""
    results: dict[int, tuple[Array, ...]] = {}
    drawn, found = bank(wanted, rubric), traces(function, rubric)
    for each in found:
        evaluate = Evaluator().prepare(normalize(each.program))
        for number in drawn.of_shape(each.dimensions):
            results[number] = tuple(evaluate(drawn.batches[number].arguments))
    return Mistake(name, title, {each.dimensions: str(each.result) for each in found}, results)


def located(drawn: Bank) -> Bank:
    """The bank with its programs as if every equation stood on a line of the reference."""
    return replace(drawn, programs=tuple(map(_located, drawn.programs)))


def _located(program: Program) -> Program:
    def moved(equation: Equation) -> Equation:
        nested = {
            key: _located(value) if isinstance(value, Program) else value
            for key, value in equation.params.items()
        }
        return replace(equation, location=Location(1, "f"), params=nested)

    return replace(program, equations=tuple(map(moved, program.equations)))
