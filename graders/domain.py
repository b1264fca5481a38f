"""Can a problem's batches tell right from wrong? Questions to the reference alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from graders.bank import Arrays, Bank
from graders.correctness import alike, tolerances
from graders.inputs import Batch
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array
from graders.rubric import Rubric
from graders.subject import Dimensions

Run = Callable[[Sequence[Array]], list[Array]]


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something that the batches of a problem would not notice: a stable code, and a sentence."""

    code: str
    message: str


def weaknesses(rubric: Rubric, bank: Bank) -> list[Weakness]:
    """Everything that is wrong with the domain of a problem; empty when nothing is."""
    domain = _Domain(rubric, bank)
    return [
        *domain.not_finite(),
        *domain.constant(),
        *domain.blind_to_arguments(),
        *domain.blind_to_order(),
        *domain.unchanged_arguments(),
    ]


@dataclass(slots=True)
class _Domain:
    rubric: Rubric
    bank: Bank
    _runs: dict[Dimensions, Run] = field(default_factory=dict)

    def run(self, batch: Batch, arguments: Sequence[Array]) -> Arrays:
        """The reference's results on other arguments of a batch's shape, in float64."""
        if batch.dimensions not in self._runs:
            program = self.bank.program(batch.dimensions)
            self._runs[batch.dimensions] = Evaluator().prepare(program)
        return tuple(self._runs[batch.dimensions](arguments))

    def same(self, number: int, found: Arrays) -> bool:
        """Whether results would pass for the reference's on a batch."""
        expected = self.bank.expected[number]
        return alike(expected, found, tolerances(self.rubric, self.bank.batches[number], expected))

    def not_finite(self) -> Iterator[Weakness]:
        """Batches on which the reference has no finite result."""
        bad = [
            number
            for number, values in enumerate(self.bank.expected)
            if not all(np.all(np.isfinite(value)) for value in values)
        ]
        if bad:
            message = f"the reference is not finite on {len(bad)} batches"
            yield Weakness("not_finite", message)

    def constant(self) -> Iterator[Weakness]:
        """Shapes on which the reference returns the same whatever it is given."""
        for shape in self.bank.shapes:
            first, *others = self.bank.of_shape(shape)
            if others and all(self.same(first, self.bank.expected[n]) for n in others):
                sizes = ", ".join(f"{name}={size}" for name, size in shape) or "any arguments"
                yield Weakness("constant", f"the reference returns the same on all of {sizes}")
                return

    def blind_to_arguments(self) -> Iterator[Weakness]:
        """Arguments of the signature that no result depends on."""
        for name in self.rubric.signature.names:
            columns = self.rubric.columns(name)
            if name in self.rubric.unused:
                continue
            if columns and not any(self._matters(shape, columns) for shape in self.bank.shapes):
                yield Weakness(
                    "argument_unused",
                    f"no result changes with {name}: a program that ignores it is accepted",
                )

    def _matters(self, shape: Dimensions, columns: Sequence[int]) -> bool:
        numbers = self.bank.of_shape(shape)
        for number, other in pairwise(numbers):
            batch, theirs = self.bank.batches[number], self.bank.batches[other].arguments
            arguments = [
                theirs[n] if n in columns else mine for n, mine in enumerate(batch.arguments)
            ]
            if not self.same(number, self.run(batch, arguments)):
                return True
        return False

    def blind_to_order(self) -> Iterator[Weakness]:
        """A training loop whose result does not depend on the order of its steps."""
        rule = self.rubric.structure.scan
        if rule is None or not rule.carry or not rule.xs:
            return
        columns = self.rubric.columns(*rule.xs)
        for number, batch in enumerate(self.bank.batches):
            arguments = [
                value[::-1] if n in columns else value for n, value in enumerate(batch.arguments)
            ]
            if not self.same(number, self.run(batch, arguments)):
                return
        yield Weakness(
            "order_unseen",
            "no result changes when the steps are taken in the reverse order",
        )

    def unchanged_arguments(self) -> Iterator[Weakness]:
        """Arguments that, returned as they are, pass on some batch."""
        kinds = [(result.shape, result.dtype) for result in self.rubric.results]
        for name in self.rubric.signature.names:
            columns = self.rubric.columns(name)
            arrays = [self.rubric.arguments[n] for n in columns]
            if [(array.shape, array.dtype) for array in arrays] != kinds:
                continue
            passed = sum(
                self.same(number, tuple(batch.arguments[n] for n in columns))
                for number, batch in enumerate(self.bank.batches)
            )
            if passed == len(self.bank.batches) or (passed and self._is_carried(name)):
                yield Weakness(
                    "unchanged_passes",
                    f"{name} returned as it is passes on {passed} of {len(self.bank.batches)} "
                    "batches: widen the ranges, or raise minimum_move",
                )

    def _is_carried(self, name: str) -> bool:
        rule = self.rubric.structure.scan
        return rule is not None and name in rule.carry
