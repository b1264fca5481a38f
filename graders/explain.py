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
    start = tuple(batch.arguments[n] for n in rubric.columns(*rule.carry))
    length = dict(batch.dimensions)[rule.length]
    wanted = _path(reference, batch, start, length)
    found = _path(learner, batch, start, length)
    for index, (expected, got) in enumerate(zip(wanted, found, strict=False)):
        if not all(map(_same_carry, expected, got)):
            return Step(index, _together(expected), _together(got))
    return None


def _same_carry(expected: Array, got: Array) -> bool:
    if expected.dtype.kind != "f":
        return np.array_equal(expected, got)
    gap = np.max(np.abs(expected - got), initial=0.0)
    return bool(gap <= _SAME_CARRY * max(1.0, float(np.max(np.abs(expected), initial=0.0))))


def _together(values: Arrays) -> str:
    return ", ".join(map(text, values))


def _path(program: Program, batch: Batch, start: Arrays, length: int) -> Sequence[Arrays]:
    """The values a carry takes that begins as `start`; empty when no scan has one."""
    for scan in program.walk():
        if scan.primitive != "scan" or scan.params["length"] != length:
            continue
        carries = LoopLab(program, scan, Evaluator()).observe(batch.arguments).carries
        slots = _slots(carries[0] if carries else (), start)
        if slots is not None:
            pairs = list(zip(slots, start, strict=True))
            return [tuple(c[n].reshape(value.shape) for n, value in pairs) for c in carries]
    return []


def _slots(carry: Arrays, start: Arrays) -> list[int] | None:
    """The places of a carry that hold some values, another for each; None if one is not there."""
    free, found = list(range(len(carry))), []
    for value in start:
        slot = next((number for number in free if _holds(carry[number], value)), None)
        if slot is None:
            return None
        free.remove(slot)
        found.append(slot)
    return found


def _holds(carried: Array, value: Array) -> bool:
    alike = carried.dtype.kind == value.dtype.kind and carried.size == value.size
    return alike and np.array_equal(carried.reshape(value.shape), value)


def _size(batch: Batch) -> int:
    return sum(array.size for array in batch.arguments)
