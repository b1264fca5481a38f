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

Run = Callable[[Sequence[Array]], list[Array]]
_EXACT_PER_SHAPE = 4
_EXACT_ELEMENTS = 64
_DEVICE_SHAPES = 2


@dataclass(frozen=True, slots=True)
class Bank:
    """Batches by shape and the reference's results for them.

    `expected` holds float64, one array a batch. `exact` maps numbers of batches to results in exact
    rationals, as text. `device` maps numbers of batches to the reference's own results in float32.
    """

    shapes: tuple[Dimensions, ...]
    programs: tuple[Program, ...]
    batches: tuple[Batch, ...]
    expected: tuple[Array, ...]
    exact: Mapping[int, tuple[str, ...]]
    device: Mapping[int, Array]

    def of_shape(self, dimensions: Dimensions) -> list[int]:
        """Numbers of the batches of one shape."""
        return [n for n, batch in enumerate(self.batches) if batch.dimensions == dimensions]


def draw(rubric: Rubric, traces: Sequence[Trace]) -> Bank:
    """Draw batches on which the reference is finite and moves, and evaluate it on them.

    Raises `Infeasible` when a shape has hardly any such batch.
    """
    per_shape = -(-rubric.batches // len(traces))
    drawn: list[Batch] = []
    expected: list[Array] = []
    exact: dict[int, tuple[str, ...]] = {}
    for trace in traces:
        program = normalize(trace.program)
        run = Evaluator().prepare(program)
        admitted = batches(rubric, trace.dimensions, per_shape, _admits(rubric, run))
        for number, batch in enumerate(admitted):
            if number < _EXACT_PER_SHAPE:
                exact.update(_exact(program, batch, len(drawn)))
            drawn.append(batch)
            expected.append(run(batch.arguments)[0])
    return Bank(
        tuple(trace.dimensions for trace in traces),
        tuple(trace.program for trace in traces),
        tuple(drawn),
        tuple(expected),
        exact,
        {},
    )


def start_of(rubric: Rubric, batch: Batch) -> Array | None:
    """The value the result starts from: the first carried argument of the rubric."""
    scan = rubric.structure.scan
    if scan is None or not scan.carry:
        return None
    names = [argument.name for argument in rubric.arguments]
    return batch.arguments[names.index(scan.carry[0])]


def _admits(rubric: Rubric, run: Run) -> Callable[[Batch], bool]:
    def admits(batch: Batch) -> bool:
        result = np.asarray(run(batch.arguments)[0], np.float64)
        if not np.all(np.isfinite(result)):
            return False
        start = start_of(rubric, batch)
        if start is None or start.shape != result.shape:
            return True
        return bool(np.all(np.abs(result - start) >= rubric.minimum_move))

    return admits


def _exact(program: Program, batch: Batch, number: int) -> dict[int, tuple[str, ...]]:
    if sum(array.size for array in batch.arguments) > _EXACT_ELEMENTS:
        return {}
    try:
        return {number: exact_text(Evaluator(EXACT).prepare(program)(batch.arguments)[0])}
    except NotExact:
        return {}


def exact_text(value: Array) -> tuple[str, ...]:
    """Exact rationals as text, flattened."""
    return tuple(str(item) for item in value.reshape(-1))


def device_batches(rubric: Rubric, bank_shapes: Sequence[Dimensions]) -> list[int]:
    """Positions of the shapes whose batches are also run on XLA: the growth shapes, or the last."""
    chosen = [bank_shapes.index(d) for d in growth_shapes(rubric)] or list(range(len(bank_shapes)))
    return chosen[-_DEVICE_SHAPES:]
