"""Does the program compute what the reference computes? Searches for a batch that says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.bank import Arrays, Bank, exact_text, starts
from graders.form import tree
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

    leaves: tuple[Arrays, ...]
    wrong: tuple[int, ...]
    exact: bool | None


def mistyped(rubric: Rubric, traces: Sequence[Trace]) -> tuple[Trace, Mismatch] | None:
    """A shape for which the result is not of the declared structure, shape and dtype.

    The smallest whose extents are told apart, so that a message says which axis is meant.
    """
    names = [result.name for result in rubric.results]
    for trace in sorted(traces, key=_plainness):
        types = [result.type(trace.dimensions) for result in rubric.results]
        mismatch = compare_type(tree(rubric.signature.result, types), trace.result, names)
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
    found: dict[int, Arrays] = {}
    for shape in bank.shapes:
        found.update(_on_shape(bank, shape, normal[shape], evaluator))
    results = [found[number] for number in range(len(bank.batches))]
    wrong = [
        number
        for number, (batch, values) in enumerate(zip(bank.batches, results, strict=True))
        if not alike(
            bank.expected[number], values, tolerances(rubric, batch, bank.expected[number])
        )
    ]
    exact = None if wrong else _exact(bank, normal)
    return Results(tuple(results), tuple(wrong), exact)


def _on_shape(
    bank: Bank, shape: Dimensions, program: Program, evaluator: Evaluator
) -> dict[int, Arrays]:
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


def alike(expected: Arrays, found: Arrays, tolerances: Sequence[float]) -> bool:
    """Whether results are as many as expected, and each is close within its own tolerance."""
    return len(expected) == len(found) and all(map(close, expected, found, tolerances))


def tolerances(rubric: Rubric, batch: Batch, expected: Arrays) -> list[float]:
    """The absolute difference float64 may show: relative to how far each result moved."""
    pairs = zip(expected, starts(rubric, batch), strict=True)
    return [RELATIVE * scale(value, start) + 1e-12 for value, start in pairs]


def _exact(bank: Bank, normal: Mapping[Dimensions, Program]) -> bool | None:
    exact = Evaluator(EXACT, Budget(_EXACT_EQUATIONS, _EXACT_ELEMENTS, _EXACT_ELEMENTS))
    equal = None
    try:
        runs = {shape: exact.prepare(normal[shape]) for shape in bank.shapes}
        for number, wanted in bank.exact.items():
            batch = bank.batches[number]
            found = exact_text(runs[batch.dimensions](batch.arguments))
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
        origins = starts(rubric, bank.batches[run.batch])
        allowed = list(map(_device_tolerance, expected, reference, origins))
        if not alike(expected, run.values, allowed):
            return run.batch
    return None


def _device_tolerance(expected: Array, reference: Array, start: Array | None) -> float:
    gap = np.asarray(reference, np.float64) - np.asarray(expected, np.float64)
    own = float(np.max(np.abs(gap), initial=0.0))
    size = max(scale(expected, None), 0.0 if start is None else scale(start, None))
    return _DEVICE_FACTOR * own + _DEVICE_RELATIVE * size
