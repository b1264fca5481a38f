"""Why is it wrong? The smallest batch that shows it, and the first step the carries part at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.bank import Arrays, Bank
from graders.correctness import alike, tolerances
from graders.form import filled, tree, written
from graders.inputs import Batch, smallest
from graders.jaxpr.interpret import BudgetExceeded, Evaluator
from graders.jaxpr.model import Array, Program, leaves
from graders.jaxpr.normalize import normalize
from graders.numeric import text
from graders.probe import LoopLab
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
        first_difference(rubric, normal[shape], references[shape], batch),
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
    step: Step | None = None,
) -> Counterexample:
    """A batch as it is shown to a learner."""
    signature, sizes = rubric.signature, dict(batch.dimensions)
    values = [value.tolist() for value in batch.arguments]
    arguments = {
        name: filled(form, values, sizes)
        for name, form in zip(signature.names, signature.forms, strict=True)
    }
    return Counterexample(dict(batch.dimensions), arguments, expected, got, arithmetic, step)


def results_text(rubric: Rubric, values: Sequence[Array]) -> str:
    """Results as a learner reads them, in their containers."""
    if len(values) != len(rubric.results):
        return f"({', '.join(map(text, values))})"
    return written(rubric.signature.result, [text(value) for value in values])


def first_difference(
    rubric: Rubric, learner: Program, reference: Program, batch: Batch
) -> Step | None:
    """The step, counted from 1, after which the carry is not the reference's.

    None when one of the programs has no scan that carries the arguments to be carried, or when the
    carries are the same all the way.
    """
    rule = rubric.structure.scan
    if rule is None or not rule.carry:
        return None
    columns, length = rubric.columns(*rule.carry), dict(batch.dimensions)[rule.length]
    wanted = _path(reference, batch, columns, length)
    found = _path(learner, batch, columns, length)
    for index, (expected, got) in enumerate(zip(wanted, found, strict=False)):
        if not all(map(_same_carry, expected, got)):
            return Step(index, _together(expected), _together(got))
    return None


def _same_carry(expected: Array, got: Array) -> bool:
    gap = np.max(np.abs(expected - got), initial=0.0)
    return bool(gap <= _SAME_CARRY * max(1.0, float(np.max(np.abs(expected), initial=0.0))))


def _together(values: Arrays) -> str:
    return ", ".join(map(text, values))


def _path(program: Program, batch: Batch, columns: Sequence[int], length: int) -> Sequence[Arrays]:
    """The values a carry takes that begins as the arguments in `columns`; empty when none does."""
    starts = [batch.arguments, _moved(batch.arguments, columns)]
    for scan in program.walk():
        if scan.primitive != "scan" or scan.params["length"] != length:
            continue
        lab = LoopLab(program, scan, Evaluator())
        runs = [lab.observe(arguments).carries for arguments in starts]
        first = [carries[0] if carries else () for carries in runs]
        slots = [_slot(first, [arguments[n] for arguments in starts]) for n in columns]
        if None not in slots:
            return [
                tuple(
                    carry[slot].reshape(batch.arguments[n].shape)
                    for slot, n in zip(slots, columns, strict=True)
                    if slot is not None
                )
                for carry in runs[0]
            ]
    return []


def _moved(arguments: Arrays, columns: Sequence[int]) -> Arrays:
    """The arguments with those in `columns` changed: a zero may be in a carry for other reasons."""
    return tuple(
        np.asarray(value + 1, value.dtype) if n in columns else value
        for n, value in enumerate(arguments)
    )


def _slot(carries: Sequence[Arrays], starts: Sequence[Array]) -> int | None:
    """The place of a carry that holds the start of each run, if any does."""
    for number, values in enumerate(zip(*carries, strict=False)):
        if all(map(_holds, values, starts)):
            return number
    return None


def _holds(value: Array, start: Array) -> bool:
    return value.size == start.size and np.array_equal(value.reshape(start.shape), start)


def _size(batch: Batch) -> int:
    return sum(array.size for array in batch.arguments)
