"""Why is it wrong? The smallest batch that shows it, and the first step the carries part at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.bank import Bank, start_of
from graders.correctness import tolerance
from graders.inputs import Batch, smallest
from graders.jaxpr.interpret import BudgetExceeded, Evaluator
from graders.jaxpr.model import Array, Program, leaves
from graders.jaxpr.normalize import normalize
from graders.numeric import close, text
from graders.probe import ScanLab
from graders.rubric import Rubric
from graders.subject import Dimensions, Trace
from graders.verdict import Counterexample, Step

_SHRINK_TRIES = 300
_CLEARLY = 1e-3
_SAME_CARRY = 1e-6


def counterexample(
    rubric: Rubric,
    bank: Bank,
    normal: Mapping[Dimensions, Program],
    wrong: Sequence[int],
    evaluator: Evaluator,
) -> Counterexample:
    """The smallest batch found on which programs are wrong, with plain numbers if there is one."""
    failing = {bank.batches[number].dimensions for number in wrong}
    references = {
        shape: normalize(program)
        for shape, program in zip(bank.shapes, bank.programs, strict=True)
        if shape in failing
    }
    theirs = {shape: Evaluator().prepare(program) for shape, program in references.items()}
    mine = {shape: evaluator.prepare(normal[shape]) for shape in failing}

    def differs(batch: Batch) -> bool:
        expected = theirs[batch.dimensions](batch.arguments)[0]
        try:
            found = mine[batch.dimensions](batch.arguments)[0]
        except BudgetExceeded:
            return False
        clear = max(tolerance(rubric, batch, expected), _CLEARLY)
        return bool(np.all(np.isfinite(expected))) and not close(expected, found, clear)

    batch = smallest(rubric, sorted(failing), differs, _SHRINK_TRIES)
    if batch is None:
        batch = bank.batches[min(wrong, key=lambda number: _size(bank.batches[number]))]
    shape = batch.dimensions
    return shown(
        rubric,
        batch,
        text(theirs[shape](batch.arguments)[0]),
        text(mine[shape](batch.arguments)[0]),
        "float64",
        first_difference(rubric, normal[shape], references[shape], batch),
    )


def typed_counterexample(rubric: Rubric, bank: Bank, trace: Trace) -> Counterexample:
    """A batch of a shape for which the result is not even of the declared type."""
    number = bank.of_shape(trace.dimensions)[0]
    wanted = rubric.result.type(trace.dimensions)
    got = str(trace.result) if leaves(trace.result) else "None"
    expected = f"{wanted}, here {text(bank.expected[number])}"
    return shown(rubric, bank.batches[number], expected, got, "")


def shown(
    rubric: Rubric,
    batch: Batch,
    expected: str,
    got: str,
    arithmetic: str,
    step: Step | None = None,
) -> Counterexample:
    """A batch as it is shown to a learner."""
    arguments = {
        argument.name: value.tolist()
        for argument, value in zip(rubric.arguments, batch.arguments, strict=True)
    }
    return Counterexample(dict(batch.dimensions), arguments, expected, got, arithmetic, step)


def first_difference(
    rubric: Rubric, learner: Program, reference: Program, batch: Batch
) -> Step | None:
    """The step, counted from 1, after which the carry is not the reference's.

    None when one of the programs has no scan that carries the argument to be carried, or when the
    carries are the same all the way.
    """
    rule, start = rubric.structure.scan, start_of(rubric, batch)
    if rule is None or start is None:
        return None
    length = dict(batch.dimensions)[rule.length]
    wanted = _path(reference, batch, start, length)
    found = _path(learner, batch, start, length)
    for index, (expected, got) in enumerate(zip(wanted, found, strict=False)):
        gap = np.max(np.abs(expected - got), initial=0.0)
        if not gap <= _SAME_CARRY * max(1.0, float(np.max(np.abs(expected), initial=0.0))):
            return Step(index, text(expected), text(got))
    return None


def _path(program: Program, batch: Batch, start: Array, length: int) -> Sequence[Array]:
    """The values a carry takes that begins as `start`; empty when no scan has one."""
    for scan in program.walk():
        if scan.primitive != "scan" or scan.params["length"] != length:
            continue
        carries = ScanLab(program, scan, Evaluator()).observe(batch.arguments).carries
        for slot, value in enumerate(carries[0] if carries else ()):
            if value.size == start.size and np.array_equal(value.reshape(start.shape), start):
                return [carry[slot].reshape(start.shape) for carry in carries]
    return []


def _size(batch: Batch) -> int:
    return sum(array.size for array in batch.arguments)
