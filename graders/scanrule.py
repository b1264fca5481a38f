"""What a scan must be to do the work an exercise asks of it: evidence, each its own finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graders.inputs import Batch
from graders.jaxpr.dataflow import Flow, Origins
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Program
from graders.probe import (
    Intervention,
    Observation,
    ScanLab,
    changed_rows,
    follows,
    largest_change,
    moved,
    same,
)
from graders.rubric import Rubric, ScanRule
from graders.subject import Dimensions
from graders.verdict import Finding

_LEAST_MOVE = 1e-3
_SCAN = frozenset({"the scan"})


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A program in normal form for one shape, and batches of that shape to try it on.

    `path` is the carry the reference goes through on the first batch, or None when the program's
    results are not the reference's and comparing the way there would say nothing new.
    """

    program: Program
    dimensions: Dimensions
    batches: Sequence[Batch]
    path: Sequence[Array] | None = None


def examine(
    rubric: Rubric, rule: ScanRule, exhibit: Exhibit, scan: Equation, evaluator: Evaluator
) -> list[Finding]:
    """Everything that keeps a scan from being the one that is asked for; empty when it is."""
    findings = list(_form(rule, exhibit, scan))
    if findings:
        return findings
    suspicions = list(_sources(rubric, rule, exhibit.program, scan))
    trial = _Trial(rubric, rule, exhibit, ScanLab(exhibit.program, scan, evaluator))
    return list(trial.findings(suspicions))


def _form(rule: ScanRule, exhibit: Exhibit, scan: Equation) -> Iterator[Finding]:
    wanted = dict(exhibit.dimensions)[rule.length]
    length, carried = scan.params["length"], scan.params["num_carry"]
    scanned = len(scan.inputs) - scan.params["num_consts"] - carried
    if length != wanted:
        yield Finding(
            "scan_length",
            f"the scan takes {length} steps where {rule.length} is {wanted}",
            f"Scan over the leading axis of {_list(rule.xs)}, so that there is one step a row.",
        )
    elif not scanned:
        yield Finding(
            "scan_without_xs",
            "the scan is given no xs: nothing is scanned",
            f"Pass {_list(rule.xs)} as the third argument of lax.scan; a fori_loop with a fixed "
            "number of steps is such a scan too.",
        )
    elif not carried:
        yield Finding(
            "scan_without_carry",
            "no value is carried from step to step: the scan only maps over rows",
            f"Make {_list(rule.carry)} the carry: return its new value first from the body.",
        )


def _sources(rubric: Rubric, rule: ScanRule, program: Program, scan: Equation) -> Iterator[str]:
    """Static suspicions: where scanned arguments get past the scan's xs."""
    names: list[Origins] = [frozenset({argument.name}) for argument in rubric.arguments]
    flow = Flow(cut=scan, label=_SCAN)
    results = flow.outputs(program, names)
    if any(origin & set(rule.xs) for origin in results):
        yield "beside"
    whole = scan.params["num_consts"] + scan.params["num_carry"]
    if any(origin & set(rule.xs) for origin in flow.at_cut[:whole]):
        yield "captured"


@dataclass(frozen=True, slots=True)
class _Trial:
    rubric: Rubric
    rule: ScanRule
    exhibit: Exhibit
    lab: ScanLab

    def findings(self, suspicions: Sequence[str]) -> Iterator[Finding]:
        first, *others = self.exhibit.batches
        base = self.lab.observe(first.arguments)
        if not base.reached:
            yield _unused("is never run on the batches tried")
            return
        yield from self.inputs(base, first)
        yield from self.rows(base, first)
        if "captured" in suspicions:
            yield from self.captured(base, first, others)
        if "beside" in suspicions:
            yield from self.beside(base, first, others)
        yield from self.use()
        yield from self.work(base)

    def inputs(self, base: Observation, first: Batch) -> Iterator[Finding]:
        """Scanned arguments reach the xs; carried ones the starting carry, and not the xs."""
        for name in self.rule.xs:
            seen = self.lab.observe(self.swapped(first, self.unlike(first, name), [name]))
            if not seen.reached or not changed_rows(base.xs, seen.xs):
                yield Finding(
                    "not_scanned",
                    f"{name} is not among the scanned inputs (xs) of the scan",
                    f"Pass {_list(self.rule.xs)} together as xs; the body then gets one row of "
                    "each, and needs no index.",
                )
        for name in self.rule.carry:
            seen = self.lab.observe(self.swapped(first, self.unlike(first, name), [name]))
            if same(base.init, seen.init):
                yield Finding(
                    "not_carried",
                    f"the starting carry does not depend on {name}",
                    f"Give {name} to lax.scan as the initial carry.",
                )
            if not same(base.xs, seen.xs):
                yield Finding(
                    "xs_from_carry",
                    f"the scanned inputs already depend on {name}",
                    "Scan the batches themselves and do the work inside the body.",
                )

    def rows(self, base: Observation, first: Batch) -> Iterator[Finding]:
        """Each step sees one row of the scanned arguments only."""
        taken: set[int] = set()
        other = self.unlike(first, *self.rule.xs)
        for row in range(dict(self.exhibit.dimensions)[self.rule.length]):
            seen = self.lab.observe(self.swapped(first, other, self.rule.xs, row))
            steps = changed_rows(base.xs, seen.xs) if seen.reached else set()
            if len(steps) > 1 or steps & taken:
                yield Finding(
                    "rows_mixed",
                    "what one step scans depends on several rows of the batches",
                    "Combining the rows is the work of the scan: pass the batches row by row and "
                    "let the carry hold what goes from one step to the next.",
                )
                return
            taken |= steps

    def captured(
        self, base: Observation, first: Batch, others: Sequence[Batch]
    ) -> Iterator[Finding]:
        """The batches enter through the xs alone, not as captured values or in the first carry."""
        for other in others:
            arguments = self.swapped(first, other, self.rule.xs)
            plain = self.lab.observe(arguments)
            held = self.lab.observe(arguments, Intervention(captured=(base.consts, base.init)))
            if not same(plain.results, held.results):
                yield Finding(
                    "captured",
                    f"the scan also gets {_list(self.rule.xs)} by another way than its xs: as a "
                    "captured value or in the starting carry",
                    "Use the row the body is given instead of the whole array.",
                )
                return

    def beside(self, base: Observation, first: Batch, others: Sequence[Batch]) -> Iterator[Finding]:
        """Nothing is computed from the batches beside the scan or after it."""
        for other in others:
            arguments = self.swapped(first, other, self.rule.xs)
            held = self.lab.observe(arguments, Intervention(outputs=lambda _: base.outputs))
            if not held.reached or not same(base.results, held.results):
                yield Finding(
                    "beside",
                    "the result is computed from the batches beside the scan, not only by it",
                    "Return what comes out of the scan, with no second computation next to it.",
                )
                return

    def use(self) -> Iterator[Finding]:
        """The result moves when what the scan gives is moved."""
        for batch in self.exhibit.batches:
            plain = self.lab.observe(batch.arguments)
            if not plain.reached:
                yield _unused("is not run on every batch")
                return
            other = self.lab.observe(batch.arguments, Intervention(outputs=moved))
            if largest_change(plain.results, other.results) < _LEAST_MOVE:
                yield _unused("has no part in the result, which is the same whatever it gives")
                return

    def work(self, base: Observation) -> Iterator[Finding]:
        """The carry goes through the values the loop goes through."""
        path = self.exhibit.path
        if path is None or len(base.carries) != len(path) or follows(base.carries, path):
            return
        yield Finding(
            "not_the_work",
            f"there is a scan, but its carry is not {_list(self.rule.carry)} going from step to "
            "step: the work is done elsewhere",
            "Update the carry in the body, one step a row, and return the last carry.",
        )

    def unlike(self, first: Batch, *names: str) -> Batch:
        """The batch that differs from the first in most elements of the named arguments."""
        columns = [n for n, argument in enumerate(self.rubric.arguments) if argument.name in names]

        def distance(batch: Batch) -> int:
            return sum(int(np.sum(batch.arguments[n] != first.arguments[n])) for n in columns)

        return max(self.exhibit.batches, key=distance)

    def swapped(
        self, first: Batch, other: Batch, names: Sequence[str], row: int | None = None
    ) -> list[Array]:
        """The first batch with some arguments, or one row of them, taken from the other."""
        arguments = []
        for argument, mine, theirs in zip(
            self.rubric.arguments, first.arguments, other.arguments, strict=True
        ):
            if argument.name not in names:
                arguments.append(mine)
            elif row is None:
                arguments.append(theirs)
            else:
                mixed = np.array(mine)
                mixed[row] = theirs[row]
                arguments.append(mixed)
        return arguments


def _unused(what: str) -> Finding:
    return Finding(
        "scan_unused",
        f"there is a scan, but it {what}",
        "Return what the scan computes instead of computing it a second time.",
    )


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
