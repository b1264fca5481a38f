"""Why is it wrong? The smallest batch that shows it, and the way to it step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.bank import Bank
from graders.correctness import alike, tolerances
from graders.form import filled, tree, written
from graders.inputs import Batch, smallest
from graders.jaxpr.interpret import BudgetExceeded, Evaluator
from graders.jaxpr.model import Array, Program, leaves
from graders.numeric import text
from graders.rubric import Rubric
from graders.subject import Dimensions, Trace
from graders.trajectory import compare
from graders.verdict import Counterexample, Moment

_SHRINK_TRIES = 300
_CLEARLY = 1e-3


def counterexample(
    rubric: Rubric,
    bank: Bank,
    normal: Mapping[Dimensions, Program],
    wrong: Sequence[int],
    evaluator: Evaluator,
) -> Counterexample:
    """The smallest batch found on which programs are wrong, with plain numbers if there is one."""
    failing = {bank.batches[number].dimensions for number in wrong}
    theirs = {shape: Evaluator().prepare(bank.program(shape)) for shape in failing}
    mine = {shape: evaluator.prepare(normal[shape]) for shape in failing}

    def differs(batch: Batch) -> bool:
        expected = tuple(theirs[batch.dimensions](batch.arguments))
        try:
            found = tuple(mine[batch.dimensions](batch.arguments))
        except BudgetExceeded:
            return False
        clear = [max(allowed, _CLEARLY) for allowed in tolerances(rubric, batch, expected)]
        finite = all(bool(np.all(np.isfinite(value))) for value in expected)
        return finite and not alike(expected, found, clear)

    batch = smallest(rubric, sorted(failing), differs, _SHRINK_TRIES)
    if batch is None:
        batch = bank.batches[min(wrong, key=lambda number: _size(bank.batches[number]))]
    shape = batch.dimensions
    return shown(
        rubric,
        batch,
        results_text(rubric, theirs[shape](batch.arguments)),
        results_text(rubric, mine[shape](batch.arguments)),
        "float64",
        compare(rubric, normal[shape], bank.program(shape), batch),
    )


def typed_counterexample(rubric: Rubric, bank: Bank, trace: Trace) -> Counterexample:
    """A batch of a shape for which the result is not even of the declared type."""
    number = bank.of_shape(trace.dimensions)[0]
    types = [result.type(trace.dimensions) for result in rubric.results]
    wanted = tree(rubric.signature.result, types)
    got = str(trace.result) if leaves(trace.result) else "None"
    expected = f"{wanted}, here {results_text(rubric, bank.expected[number])}"
    return shown(rubric, bank.batches[number], expected, got, "")


def shown(
    rubric: Rubric,
    batch: Batch,
    expected: str,
    got: str,
    arithmetic: str,
    trajectory: tuple[Moment, ...] = (),
) -> Counterexample:
    """A batch as it is shown to a learner."""
    signature, sizes = rubric.signature, dict(batch.dimensions)
    values = [value.tolist() for value in batch.arguments]
    arguments = {
        name: filled(form, values, sizes)
        for name, form in zip(signature.names, signature.forms, strict=True)
    }
    return Counterexample(dict(batch.dimensions), arguments, expected, got, arithmetic, trajectory)


def results_text(rubric: Rubric, values: Sequence[Array]) -> str:
    """Results as a learner reads them, in their containers."""
    if len(values) != len(rubric.results):
        return f"({', '.join(map(text, values))})"
    return written(rubric.signature.result, [text(value) for value in values])


def _size(batch: Batch) -> int:
    return sum(array.size for array in batch.arguments)
