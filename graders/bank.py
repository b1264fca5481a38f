"""The batches a problem is graded on, and what the reference returns for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.inputs import Batch, batches, growth_shapes
from graders.jaxpr.arithmetic import EXACT, NotExact
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Program
from graders.jaxpr.normalize import normalize
from graders.rubric import Rubric
from graders.subject import Dimensions, Trace

Arrays = tuple[Array, ...]
Run = Callable[[Sequence[Array]], list[Array]]
_EXACT_PER_SHAPE = 2
_EXACT_ELEMENTS = 64
_DEVICE_SHAPES = 2


@dataclass(frozen=True, slots=True)
class Bank:
    """Batches by shape and the reference's results for them.

    `programs` are the reference's in normal form, one a shape. `expected` holds the results' arrays
    in float64, by batch. `exact` maps numbers of batches to results in exact rationals, as text.
    `device` maps numbers of batches to the reference's own results in float32.
    """

    shapes: tuple[Dimensions, ...]
    programs: tuple[Program, ...]
    batches: tuple[Batch, ...]
    expected: tuple[Arrays, ...]
    exact: Mapping[int, tuple[str, ...]]
    device: Mapping[int, Arrays]

    def program(self, dimensions: Dimensions) -> Program:
        """The reference's program for one shape, in normal form."""
        return self.programs[self.shapes.index(dimensions)]

    def of_shape(self, dimensions: Dimensions) -> list[int]:
        """Numbers of the batches of one shape."""
        return [n for n, batch in enumerate(self.batches) if batch.dimensions == dimensions]


def draw(rubric: Rubric, traces: Sequence[Trace]) -> Bank:
    """Draw batches on which the reference is finite and moves, and evaluate it on them.

    Raises `Infeasible` when a shape has hardly any such batch.
    """
    per_shape = -(-rubric.batches // len(traces))
    drawn: list[Batch] = []
    expected: list[Arrays] = []
    exact: dict[int, tuple[str, ...]] = {}
    programs = tuple(normalize(trace.program) for trace in traces)
    for trace, program in zip(traces, programs, strict=True):
        run = Evaluator().prepare(program)
        admitted = batches(rubric, trace.dimensions, per_shape, _admits(rubric, run))
        for number, batch in enumerate(admitted):
            if number < _EXACT_PER_SHAPE:
                exact.update(_exact(program, batch, len(drawn)))
            drawn.append(batch)
            expected.append(tuple(run(batch.arguments)))
    return Bank(
        tuple(trace.dimensions for trace in traces),
        programs,
        tuple(drawn),
        tuple(expected),
        exact,
        {},
    )


def starts(rubric: Rubric, batch: Batch) -> tuple[Array | None, ...]:
    """The value each result starts from: the carried argument it is a later value of.

    That is told by shape and dtype, and among carried arguments of the same by their order. None
    for a result that is like none of them.
    """
    scan = rubric.structure.scan
    carried = rubric.columns(*scan.carry) if scan is not None else []
    kinds = {n: (rubric.arguments[n].shape, rubric.arguments[n].dtype) for n in carried}
    free, found = set(carried), []
    for result in rubric.results:
        alike = [n for n in carried if kinds[n] == (result.shape, result.dtype)]
        column = next((n for n in alike if n in free), next(iter(alike), None))
        found.append(None if column is None else batch.arguments[column])
        free.discard(column)
    return tuple(found)


def _admits(rubric: Rubric, run: Run) -> Callable[[Batch], bool]:
    def admits(batch: Batch) -> bool:
        results = run(batch.arguments)
        return all(
            np.all(np.isfinite(value)) and _moves(value, start, rubric.minimum_move)
            for value, start in zip(results, starts(rubric, batch), strict=True)
        )

    return admits


def _moves(value: Array, start: Array | None, least: float) -> bool:
    return start is None or bool(np.max(np.abs(value - np.asarray(start, np.float64))) >= least)


def _exact(program: Program, batch: Batch, number: int) -> dict[int, tuple[str, ...]]:
    if sum(array.size for array in batch.arguments) > _EXACT_ELEMENTS:
        return {}
    try:
        return {number: exact_text(Evaluator(EXACT).prepare(program)(batch.arguments))}
    except NotExact:
        return {}


def exact_text(values: Sequence[Array]) -> tuple[str, ...]:
    """Exact rationals as text, all arrays flattened."""
    return tuple(str(item) for value in values for item in value.reshape(-1))


def device_batches(rubric: Rubric, bank_shapes: Sequence[Dimensions]) -> list[int]:
    """Positions of the shapes whose batches are also run on XLA: the growth shapes, or the last."""
    chosen = [bank_shapes.index(d) for d in growth_shapes(rubric)] or list(range(len(bank_shapes)))
    return chosen[-_DEVICE_SHAPES:]
