"""Interventions on one loop: what goes in, what comes out, and what if it were otherwise.

The rules of use are causal. Instead of guessing from a program's text whether its loop matters, the
program is run again with something put in the place of the loop's operands or results. The loop is
a scan or a while; a while has no xs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Program

Arrays = tuple[Array, ...]
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class Observation:
    """One run: the program's results, and what its loop saw and gave.

    `carries` holds the carry before the first step and after each; the loop of a program that never
    reached it has none.
    """

    results: Arrays
    consts: Arrays
    init: Arrays
    xs: Arrays
    outputs: Arrays
    carries: tuple[Arrays, ...]

    @property
    def reached(self) -> bool:
        """Whether the loop was run at all."""
        return bool(self.carries)


@dataclass(slots=True)
class Intervention:
    """What to put in the place of operands or outputs; None leaves them as they are."""

    captured: tuple[Arrays, Arrays] | None = None
    carry: Callable[[int, Arrays], Arrays] | None = None
    outputs: Callable[[Arrays], Arrays] | None = None


@dataclass(slots=True)
class _Recorder:
    intervention: Intervention = field(default_factory=Intervention)
    consts: Arrays = ()
    init: Arrays = ()
    xs: Arrays = ()
    given: Arrays = ()
    carries: list[Arrays] = field(default_factory=list)

    def operands(
        self, consts: Sequence[Array], init: Sequence[Array], xs: Sequence[Array]
    ) -> tuple[Sequence[Array], Sequence[Array], Sequence[Array]]:
        if self.intervention.captured is not None:
            consts, init = self.intervention.captured
        self.consts, self.init, self.xs = tuple(consts), tuple(init), tuple(xs)
        self.carries = []
        return consts, init, xs

    def carry(self, step: int, carry: Sequence[Array]) -> Sequence[Array]:
        if self.intervention.carry is not None:
            carry = self.intervention.carry(step, tuple(carry))
        self.carries.append(tuple(np.asarray(value) for value in carry))
        return carry

    def outputs(self, outputs: Sequence[Array]) -> Sequence[Array]:
        if self.intervention.outputs is not None:
            outputs = self.intervention.outputs(tuple(outputs))
        self.given = tuple(outputs)
        return outputs


class LoopLab:
    """Runs one program again and again while watching one of its loops."""

    def __init__(self, program: Program, loop: Equation, evaluator: Evaluator) -> None:
        """Raises what preparing the program for evaluation raises."""
        self.carried: int = loop.params.get("num_carry", len(loop.outputs))
        self._recorder = _Recorder()
        watched = Evaluator(
            evaluator.arithmetic, evaluator.budget, evaluator.oracle, {loop: self._recorder}
        )
        self._run = watched.prepare(program)

    def observe(
        self, arguments: Sequence[Array], intervention: Intervention | None = None
    ) -> Observation:
        """Run on the arguments, with what the intervention puts in place."""
        recorder = self._recorder
        recorder.intervention = intervention or Intervention()
        recorder.consts = recorder.init = recorder.xs = recorder.given = ()
        recorder.carries = []
        results = tuple(self._run(arguments))
        return Observation(
            results,
            recorder.consts,
            recorder.init,
            recorder.xs,
            recorder.given,
            tuple(recorder.carries),
        )


def same(left: Sequence[Array], right: Sequence[Array]) -> bool:
    """Whether two lists of arrays hold the same values; nan equals nan."""
    return len(left) == len(right) and all(_equal(a, b) for a, b in zip(left, right, strict=True))


def _equal(left: Array, right: Array) -> bool:
    a, b = np.asarray(left), np.asarray(right)
    if a.shape != b.shape:
        return False
    return bool(np.all((a == b) | ((a != a) & (b != b))))


def moved(outputs: Arrays, by: float = 0.5, *, all_kinds: bool = False) -> Arrays:
    """Floating-point values moved by at least `by`, others as they are.

    Each element is moved by another factor, so that a difference of two does not stay what it was.
    The others are changed too for `all_kinds`, and where no value is a floating-point one.
    """
    kinds = [np.asarray(value).dtype.kind for value in outputs]
    every = all_kinds or "f" not in kinds
    return tuple(
        value + by * (1.0 + np.abs(value)) * _factors(np.shape(value), slot)
        if kind == "f"
        else (changed(value) if every else value)
        for slot, (value, kind) in enumerate(zip(outputs, kinds, strict=True))
    )


def changed(value: Array) -> Array:
    """Another value of the same type: numbers one larger, the opposite of bools."""
    array = np.asarray(value)
    if array.dtype.kind == "b":
        return np.asarray(~array)
    with np.errstate(over="ignore"):
        return np.asarray(array + np.ones_like(array))


def whole(results: Sequence[Array]) -> bool:
    """Whether none of the results is a floating-point one: small moves need not show in them."""
    return all(np.asarray(value).dtype.kind != "f" for value in results)


def _factors(shape: tuple[int, ...], slot: int) -> Array:
    """Numbers from 1 to 2, all different in neighbouring elements and slots."""
    places = np.arange(1, math.prod(shape) + 1).reshape(shape) + 7 * slot
    return 1.0 + (places * _GOLDEN) % 1.0


def moved_at(values: Arrays, places: Array, by: float) -> Arrays:
    """The values moved, but only the elements that `places` marks in `elements` of them."""
    result, first = list(values), 0
    for slot, value in enumerate(values):
        array = np.asarray(value)
        if array.dtype.kind == "f":
            marked = places[first : first + array.size].reshape(array.shape)
            result[slot] = np.where(marked, array + by * (1.0 + np.abs(array)), array)
            first += array.size
    return tuple(result)


def largest_change(left: Sequence[Array], right: Sequence[Array]) -> float:
    """The largest absolute difference between real results; inf where one is nan."""
    change = 0.0
    for a, b in zip(left, right, strict=True):
        if np.asarray(a).dtype.kind in "biuf" and np.asarray(a).size:
            with np.errstate(all="ignore"):
                gap = np.abs(np.asarray(a, np.float64) - np.asarray(b, np.float64))
            change = max(change, float(np.max(np.where(np.isnan(gap), np.inf, gap))))
    return change


def changed_rows(base: Arrays, other: Arrays) -> set[int]:
    """Positions along the leading axis at which any of the scanned operands differ."""
    rows: set[int] = set()
    for a, b in zip(base, other, strict=True):
        differs = (a != b) & ~((a != a) & (b != b))
        flat = differs.reshape(differs.shape[0], -1).any(axis=1)
        rows.update(np.flatnonzero(flat).tolist())
    return rows
