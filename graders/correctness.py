"""Does the program compute what the reference computes? Searches for a batch that says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.bank import Bank, exact_text, start_of
from graders.inputs import Batch
from graders.jaxpr import batching
from graders.jaxpr.arithmetic import EXACT, NotExact
from graders.jaxpr.interpret import (
    Budget,
    BudgetExceeded,
    Evaluator,
    TooLarge,
    Unsupported,
)
from graders.jaxpr.model import Array, Program
from graders.numeric import Mismatch, close, compare_type, scale
from graders.rubric import Rubric
from graders.subject import DeviceRun, Dimensions, Trace

RELATIVE = 1e-5
_DEVICE_RELATIVE = 1e-4
_DEVICE_FACTOR = 64.0
_EXACT_EQUATIONS = 200_000
_EXACT_ELEMENTS = 1 << 20


@dataclass(frozen=True, slots=True)
class Results:
    """What a submission's programs return on the batches of a bank, leaf by leaf, in float64.

    `wrong` holds the numbers of the batches on which they are not the reference's; `exact` is
    whether they are equal in rational arithmetic, None where that could not be said.
    """

    leaves: tuple[tuple[Array, ...], ...]
    wrong: tuple[int, ...]
    exact: bool | None


def mistyped(rubric: Rubric, traces: Sequence[Trace]) -> tuple[Trace, Mismatch] | None:
    """A shape for which the result is not of the declared structure, shape and dtype.

    The smallest whose extents are told apart, so that a message says which axis is meant.
    """
    for trace in sorted(traces, key=_plainness):
        mismatch = compare_type(rubric.result.type(trace.dimensions), trace.result)
        if mismatch is not None:
            return trace, mismatch
    return None


def _plainness(trace: Trace) -> tuple[bool, list[int]]:
    sizes = [size for _, size in trace.dimensions]
    return len({1, *sizes}) <= len(sizes), sizes


def evaluate(
    rubric: Rubric, bank: Bank, normal: Mapping[Dimensions, Program], evaluator: Evaluator
) -> Results:
    """Run the programs on every batch; raises what the evaluator raises."""
    found: dict[int, tuple[Array, ...]] = {}
    for shape in bank.shapes:
        found.update(_on_shape(bank, shape, normal[shape], evaluator))
    results = [found[number] for number in range(len(bank.batches))]
    wrong = []
    for number, (batch, values) in enumerate(zip(bank.batches, results, strict=True)):
        if len(values) != 1 or not close(
            bank.expected[number], values[0], tolerance(rubric, batch, bank.expected[number])
        ):
            wrong.append(number)
    exact = None if wrong else _exact(bank, normal)
    return Results(tuple(results), tuple(wrong), exact)


def _on_shape(
    bank: Bank, shape: Dimensions, program: Program, evaluator: Evaluator
) -> dict[int, tuple[Array, ...]]:
    """Results on the batches of one shape: all at once where the program can be batched."""
    numbers = bank.of_shape(shape)
    arguments = [bank.batches[number].arguments for number in numbers]
    try:
        run = evaluator.prepare(batching.batch(program, len(numbers)))
    except (batching.NotBatchable, TooLarge):
        run = evaluator.prepare(program)
        return {n: tuple(run(given)) for n, given in zip(numbers, arguments, strict=True)}
    together = run([np.stack(column) for column in zip(*arguments, strict=True)])
    return {n: tuple(values[row] for values in together) for row, n in enumerate(numbers)}


def tolerance(rubric: Rubric, batch: Batch, expected: Array) -> float:
    """The absolute difference float64 may show: relative to how far the result moved."""
    return RELATIVE * scale(expected, start_of(rubric, batch)) + 1e-12


def _exact(bank: Bank, normal: Mapping[Dimensions, Program]) -> bool | None:
    exact = Evaluator(EXACT, Budget(_EXACT_EQUATIONS, _EXACT_ELEMENTS, _EXACT_ELEMENTS))
    equal = None
    try:
        runs = {shape: exact.prepare(normal[shape]) for shape in bank.shapes}
        for number, wanted in bank.exact.items():
            batch = bank.batches[number]
            found = exact_text(runs[batch.dimensions](batch.arguments)[0])
            equal = equal is not False and found == wanted
    except (NotExact, Unsupported, BudgetExceeded, TooLarge):
        return None
    return equal


def device_failure(rubric: Rubric, bank: Bank, runs: Sequence[DeviceRun]) -> int | None:
    """The first batch on which the compiled submission differs from the reference in float32.

    The tolerance is what float32 costs the reference itself on that batch, with room for another
    order of the same operations.
    """
    for run in runs:
        expected, reference = bank.expected[run.batch], bank.device[run.batch]
        start = start_of(rubric, bank.batches[run.batch])
        own = float(np.max(np.abs(reference - expected), initial=0.0))
        size = max(scale(expected, None), 0.0 if start is None else scale(start, None))
        allowed = _DEVICE_FACTOR * own + _DEVICE_RELATIVE * size
        if len(run.values) != 1 or not close(expected, run.values[0], allowed):
            return run.batch
    return None
