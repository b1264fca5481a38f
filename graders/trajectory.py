"""The way a carry goes, step by step: the reference's beside the learner's, until they part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from graders.inputs import Batch
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Program
from graders.probe import LoopLab
from graders.rubric import Rubric, ScanRule
from graders.verdict import Moment

_SAME = 1e-6
Carry = tuple[Array, ...]


def compare(
    rubric: Rubric, learner: Program, reference: Program, batch: Batch
) -> tuple[Moment, ...]:
    """The carry at the start and after each step, up to the first at which the two differ.

    Both programs are in normal form. Empty where one of them has no scan that carries what the
    exercise asks for, starting from the same values.
    """
    rule = rubric.structure.scan
    if rule is None:
        return ()
    columns = rubric.columns(*rule.carry)
    names = [rubric.arguments[n].name for n in columns] or ["carry"]
    starts = [_start(rule, columns, reference, batch)]
    if columns:
        starts.append(_start(rule, columns, reference, _moved(batch, columns)))
    length = dict(batch.dimensions)[rule.length]
    runs = [batch, _moved(batch, columns)][: len(starts)]
    wanted, found = (_path(program, runs, starts, length) for program in (reference, learner))
    return tuple(_until_they_part(rubric, batch, names, wanted, found))


def _start(rule: ScanRule, columns: Sequence[int], reference: Program, batch: Batch) -> Carry:
    """The carried arguments; else the one number the reference starts from, if it is only one."""
    if rule.carry:
        return tuple(batch.arguments[n] for n in columns)
    scans = [equation for equation in reference.walk() if equation.primitive == "scan"]
    carries = LoopLab(reference, scans[0], Evaluator()).observe(batch.arguments).carries
    floats = tuple(value for value in carries[0] if value.dtype.kind == "f") if carries else ()
    return floats if len(floats) == 1 else ()


def _moved(batch: Batch, columns: Sequence[int]) -> Batch:
    """The batch with some arguments changed: a zero may be in a carry for other reasons."""
    arguments = tuple(
        np.asarray(~value if value.dtype == bool else value + 1, value.dtype)
        if n in columns
        else value
        for n, value in enumerate(batch.arguments)
    )
    return replace(batch, arguments=arguments)


def _path(
    program: Program, runs: Sequence[Batch], starts: Sequence[Carry], length: int
) -> Sequence[Carry]:
    """The values that a carry takes in the first run, of the scan that begins as it should in all.

    Empty when no scan does.
    """
    for scan in program.walk():
        if not starts[0] or scan.primitive != "scan" or scan.params["length"] != length:
            continue
        lab = LoopLab(program, scan, Evaluator())
        carries = [lab.observe(batch.arguments).carries for batch in runs]
        slots = _slots([each[0] if each else () for each in carries], starts)
        if len(slots) == len(starts[0]):
            pairs = list(zip(slots, starts[0], strict=True))
            return [tuple(carry[n].reshape(v.shape) for n, v in pairs) for carry in carries[0]]
    return []


def _slots(carries: Sequence[Carry], starts: Sequence[Carry]) -> list[int]:
    """The places of carries that hold the starts of their runs, as far as they do; each once."""
    free, found = list(range(len(carries[0]))), []
    for values in zip(*starts, strict=True):
        slot = next((n for n in free if all(map(_holds, [c[n] for c in carries], values))), None)
        if slot is not None:
            free.remove(slot)
            found.append(slot)
    return found


def _holds(carried: Array, value: Array) -> bool:
    alike = carried.dtype.kind == value.dtype.kind and carried.size == value.size
    return alike and np.array_equal(carried.reshape(value.shape), value)


def _until_they_part(
    rubric: Rubric,
    batch: Batch,
    names: Sequence[str],
    wanted: Sequence[Carry],
    found: Sequence[Carry],
) -> Iterator[Moment]:
    for step, (expected, got) in enumerate(zip(wanted, found, strict=False)):
        same = all(map(_alike, expected, got))
        gradients: dict[str, tuple[object, object]] = {}
        rate = _rate(rubric, batch, step) if step else None
        if rate:
            before = zip(names, wanted[step - 1], expected, found[step - 1], got, strict=True)
            for name, was, is_, mine, now in before:
                gradients[name] = ((was - is_) / rate).tolist(), ((mine - now) / rate).tolist()
        yield Moment(step, _named(names, expected), _named(names, got), gradients, same)
        if not same:
            return


def _rate(rubric: Rubric, batch: Batch, step: int) -> float | None:
    """The learning rate of a step, counted from 1, where the exercise names one."""
    columns = rubric.columns(rubric.rate)
    if not columns:
        return None
    value = batch.arguments[columns[0]].astype(np.float64)
    return float(value if value.ndim == 0 else value[step - 1])


def _alike(expected: Array, got: Array) -> bool:
    if expected.dtype.kind != "f":
        return np.array_equal(expected, got)
    gap = np.max(np.abs(expected - got), initial=0.0)
    return bool(gap <= _SAME * max(1.0, float(np.max(np.abs(expected), initial=0.0))))


def _named(names: Sequence[str], values: Carry) -> dict[str, object]:
    return {name: value.tolist() for name, value in zip(names, values, strict=True)}
