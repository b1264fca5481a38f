"""Tries on one scan: what it is given, what it carries, and what the result is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np

from graders.inputs import Batch
from graders.jaxpr.model import Array, Program
from graders.paths import astray, bearers, combine, elements
from graders.probe import (
    Intervention,
    LoopLab,
    Observation,
    changed_rows,
    largest_change,
    moved,
    moved_at,
    same,
    whole,
)
from graders.rubric import Rubric, ScanRule
from graders.subject import Dimensions
from graders.swap import swapped, unlike
from graders.verdict import Finding
from graders.wording import listed

_LEAST_MOVE = 2e-3
_MOVES = (0.5, 1e-4)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A program in normal form for one shape, and batches of that shape to try it on.

    `paths` are the carries the reference goes through, one a batch; there are none when the
    program's results are not the reference's and comparing the way there would say nothing new.
    """

    program: Program
    dimensions: Dimensions
    batches: Sequence[Batch]
    paths: Sequence[Array] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """One scan of a program, tried on batches."""

    rubric: Rubric
    rule: ScanRule
    exhibit: Exhibit
    lab: LoopLab

    def findings(self, beside: Sequence[str], captured: Sequence[str]) -> Iterator[Finding]:
        """What shows that the scan does not do the work.

        `beside` and `captured` name the scanned arguments that seem to get past the xs: found out
        here is whether they do.
        """
        first, *others = self.exhibit.batches
        base = self.lab.observe(first.arguments)
        if not base.reached:
            yield _unused("is never run on the batches tried")
            return
        yield from self.inputs(base, first)
        yield from self.rows(base, first)
        if captured:
            yield from self.captured(base, first, others, captured)
        if beside:
            yield from self.beside(base, first, others)
        yield from self.use()
        if self.rule.outputs:
            yield from self.steps_put_out(first)
        if self.rule.xs and not self.rule.follow:
            yield from self.kept(base, first, others)
        yield from self.work()

    def inputs(self, base: Observation, first: Batch) -> Iterator[Finding]:
        """Scanned arguments reach the xs; carried ones the starting carry, and not the xs.

        Where none is carried, no other argument reaches the xs: the rows would not be the batches'.
        """
        for name in self.rule.xs:
            other = unlike(self.rubric, first, self.exhibit.batches, [name])
            seen = self.lab.observe(swapped(self.rubric, first, other, [name]))
            if not seen.reached:
                yield _unused("is not run on every batch")
                return
            if not changed_rows(base.xs, seen.xs):
                yield Finding(
                    "not_scanned",
                    f"{name} is not among the scanned inputs (xs) of the scan",
                    f"Pass {listed(self.rule.xs)} as xs; the body then gets one row at a time, "
                    "and needs no index.",
                )
        for name in self.rule.carry or self.others:
            other = unlike(self.rubric, first, self.exhibit.batches, [name])
            seen = self.lab.observe(swapped(self.rubric, first, other, [name]))
            if not seen.reached:
                yield _unused("is not run on every batch")
                return
            if self.rule.carry and same(base.init, seen.init):
                yield Finding(
                    "not_carried",
                    f"the starting carry does not depend on {name}",
                    f"Give {name} to lax.scan as the initial carry.",
                )
            if not same(base.xs, seen.xs):
                yield Finding(
                    "xs_from_carry",
                    f"the scanned inputs already depend on {name}",
                    "Do the work inside the body: scan nothing that is made from the carry.",
                )

    def rows(self, base: Observation, first: Batch) -> Iterator[Finding]:
        """Each row of the scanned arguments is seen by one step only.

        And by one for each step, where there are as many rows as steps.
        """
        taken: set[int] = set()
        other = unlike(self.rubric, first, self.exhibit.batches, self.rule.xs)
        count = max(
            (len(first.arguments[n]) for n in self.rubric.columns(*self.rule.xs)), default=0
        )
        alone = count == self.length
        for row in range(count):
            seen = self.lab.observe(swapped(self.rubric, first, other, self.rule.xs, row))
            steps = changed_rows(base.xs, seen.xs) if seen.reached else set()
            if len(steps) > 1 or (alone and steps & taken):
                yield Finding(
                    "rows_mixed",
                    f"what one step scans depends on several rows of {listed(self.rule.xs)}",
                    "Combining the rows is the work of the scan: pass them one by one and let the "
                    "carry hold what goes from one step to the next.",
                )
                return
            taken |= steps

    def captured(
        self, base: Observation, first: Batch, others: Sequence[Batch], names: Sequence[str]
    ) -> Iterator[Finding]:
        """The batches enter through the xs alone, not as captured values or in the first carry."""
        for other in others:
            arguments = swapped(self.rubric, first, other, self.rule.xs)
            plain = self.lab.observe(arguments)
            held = self.lab.observe(arguments, Intervention(captured=(base.consts, base.init)))
            if not same(plain.results, held.results):
                yield Finding(
                    "captured",
                    f"the scan also gets {listed(names)} by another way than its xs: as a captured "
                    "value or in the starting carry",
                    "Use the row the body is given instead of the whole array.",
                )
                return

    def beside(self, base: Observation, first: Batch, others: Sequence[Batch]) -> Iterator[Finding]:
        """Nothing is computed from the scanned arguments beside the scan or after it."""
        for other in others:
            arguments = swapped(self.rubric, first, other, self.rule.xs)
            held = self.lab.observe(arguments, Intervention(outputs=lambda _: base.outputs))
            if not held.reached or not same(base.results, held.results):
                yield Finding(
                    "beside",
                    f"the result is computed from {listed(self.rule.xs)} beside the scan, not only "
                    "by it",
                    "Return what comes out of the scan, with no second computation next to it.",
                )
                return

    def use(self) -> Iterator[Finding]:
        """The result moves when what the scan gives is moved, much or little."""
        for batch in self.exhibit.batches:
            plain = self.lab.observe(batch.arguments)
            if not plain.reached:
                yield _unused("is not run on every batch")
                return
            for by in _MOVES:
                move = partial(moved, by=by, all_kinds=whole(plain.results))
                other = self.lab.observe(batch.arguments, Intervention(outputs=move))
                if largest_change(plain.results, other.results) < _LEAST_MOVE * by:
                    yield _unused("has no part in the result, which is the same whatever it gives")
                    return

    def steps_put_out(self, first: Batch) -> Iterator[Finding]:
        """The result moves when what the steps put out is moved, and nothing else of the scan."""
        kept = self.lab.carried

        def move(outputs: Sequence[Array]) -> tuple[Array, ...]:
            return (*outputs[:kept], *moved(tuple(outputs[kept:])))

        plain = self.lab.observe(first.arguments)
        other = self.lab.observe(first.arguments, Intervention(outputs=move))
        if same(plain.results, other.results):
            yield Finding(
                "outputs_unused",
                "what the steps of the scan put out (its ys) has no part in the result",
                "Return the value of each step second from the body: lax.scan stacks them.",
            )

    def kept(self, base: Observation, first: Batch, others: Sequence[Batch]) -> Iterator[Finding]:
        """The carry holds something of the first row, in either direction, for several steps."""
        for other, row in product(others, (0, -1)):
            run = self.lab.observe(swapped(self.rubric, first, other, self.rule.xs, row))
            pairs = zip(base.carries, run.carries, strict=False)
            if sum(not same(mine, theirs) for mine, theirs in pairs) > 1:
                return
        yield Finding(
            "rows_forgotten",
            "there is a scan, but what it carries keeps nothing of the earlier rows of "
            f"{listed(self.rule.xs)}: they are combined elsewhere",
            "Update the carry with each row, and make what the step puts out from the carry.",
        )

    def work(self) -> Iterator[Finding]:
        """The carry goes through the values the loop goes through, and the result is made of it."""
        pairs = list(zip(self.exhibit.batches, self.exhibit.paths, strict=False))
        if not pairs:
            return
        runs = [self.lab.observe(batch.arguments) for batch, _ in pairs]
        carries = [run.carries for run in runs]
        if any(len(own) != len(path) for own, (_, path) in zip(carries, pairs, strict=True)):
            return
        held = self.held(carries)
        if held is None:
            yield astray(carries[0], pairs[0][1], self.carried)
        elif not whole(runs[0].results) and not self.carries_over(held):
            yield Finding(
                "carry_unused",
                f"there is a scan that carries {self.carried}, but the result is not made of it: "
                "the work is done again with what the steps put out",
                "Return what the scan carries, and compute nothing again from its outputs.",
            )

    def held(self, carries: Sequence[Sequence[tuple[Array, ...]]]) -> Array | None:
        """Which elements of the carry the reference's values go through; None if they do not.

        All of them where the exercise does not say what is carried, or it is not a number.
        """
        paths = self.exhibit.paths
        every = np.ones(elements(carries[0]).shape[1], bool)
        if not self.rule.follow or not paths[0].shape[1]:
            return every
        held = bearers(carries[0], paths[0])
        if held is None and combine([elements(own) for own in carries], paths):
            return every
        return held

    @property
    def carried(self) -> str:
        """What is to go from step to step, in words; a key or a counter is not all of it."""
        if not self.rule.carry:
            return "a value"
        types = [self.rubric.arguments[n].dtype for n in self.rubric.columns(*self.rule.carry)]
        names = listed(self.rule.carry)
        return names if any("float" in dtype for dtype in types) else f"a value beside {names}"

    @property
    def others(self) -> list[str]:
        """The arguments that are not to be scanned."""
        roots = dict.fromkeys(argument.root for argument in self.rubric.arguments)
        return [name for name in roots if name not in self.rule.xs]

    @property
    def length(self) -> int:
        """How many steps there are to take."""
        return dict(self.exhibit.dimensions)[self.rule.length]

    def carries_over(self, held: Array) -> bool:
        """Whether the result moves when what is held is moved before the last step."""
        last = self.length - 1

        def moves(batch: Batch, by: float) -> bool:
            def move(step: int, carry: Sequence[Array]) -> tuple[Array, ...]:
                return moved_at(tuple(carry), held, by) if step == last else tuple(carry)

            plain = self.lab.observe(batch.arguments)
            other = self.lab.observe(batch.arguments, Intervention(carry=move))
            return largest_change(plain.results, other.results) >= _LEAST_MOVE * by

        batches = self.exhibit.batches
        return not held.any() or all(any(moves(b, by) for b in batches) for by in _MOVES)


def _unused(what: str) -> Finding:
    return Finding(
        "scan_unused",
        f"there is a scan, but it {what}",
        "Return what the scan computes instead of computing it a second time.",
    )
