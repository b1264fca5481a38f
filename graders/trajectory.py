"""The way a carry goes, step by step: the reference's beside the learner's, until they part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    names = [rubric.arguments[n].name for n in rubric.columns(*rule.carry)] or ["carry"]
    start = _start(rubric, rule, reference, batch)
    length = dict(batch.dimensions)[rule.length]
    wanted, found = _path(reference, batch, start, length), _path(learner, batch, start, length)
    return tuple(_until_they_part(rubric, batch, names, wanted, found))


def _start(rubric: Rubric, rule: ScanRule, reference: Program, batch: Batch) -> Carry:
    """The carried arguments; else the one number the reference starts from, if it is only one."""
    if rule.carry:
        return tuple(batch.arguments[n] for n in rubric.columns(*rule.carry))
    scans = [equation for equation in reference.walk() if equation.primitive == "scan"]
    carries = LoopLab(reference, scans[0], Evaluator()).observe(batch.arguments).carries
    floats = tuple(value for value in carries[0] if value.dtype.kind == "f") if carries else ()
    return floats if len(floats) == 1 else ()


def _path(program: Program, batch: Batch, start: Carry, length: int) -> Sequence[Carry]:
    """The values a carry takes that begins as `start`; empty when no scan has one."""
    for scan in program.walk():
        if not start or scan.primitive != "scan" or scan.params["length"] != length:
            continue
        carries = LoopLab(program, scan, Evaluator()).observe(batch.arguments).carries
        slots = _slots(carries[0] if carries else (), start)
        if len(slots) == len(start):
            return [
                tuple(carry[n].reshape(v.shape) for n, v in zip(slots, start, strict=True))
                for carry in carries
            ]
    return []


def _slots(carry: Carry, start: Carry) -> list[int]:
    """The places of a carry that hold some values, as far as there are any; each used once."""
    free, found = list(range(len(carry))), []
    for value in start:
        slot = next((number for number in free if _holds(carry[number], value)), None)
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
