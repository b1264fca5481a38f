"""What the reference would return if it had been written with a slip: traced many at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from graders.bank import Bank
from graders.diagnosis import Mistake
from graders.imitation import Variant, imitation
from graders.slips.slip import Slip, slips
from graders.subject import Dimensions, Failure
from harness.bank import job, run_source
from harness.problem.model import Problem
from harness.sandbox.parent import WarmParent
from harness.variants import combined, groups, separated

_SHAPES = 2


def slipped(
    problem: Problem, bank: Bank, shapes: Sequence[Dimensions], parent: WarmParent
) -> list[Mistake]:
    """The slips in a problem's reference as mistakes, on the batches of some shapes.

    Each of a pair shows by itself: one that does not is not to blame. Raises `MachineError` when
    they cannot be run.
    """
    shapes = shapes[-_SHAPES:]
    made = list(slips(problem.reference.read_text("utf-8")))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        traced = pool.map(lambda group: _variants(problem, group, shapes, parent), groups(made))
        variants = [variant for found in traced for variant in found]
    tried = ((v, imitation(problem.rubric, bank, shapes, v)) for v in variants)
    found = [(variant.changes, known) for variant, known in tried if known is not None]
    alone = {changes for changes, _ in found}
    return [known for changes, known in found if all((each,) in alone for each in changes)]


def _variants(
    problem: Problem, group: Sequence[Slip], shapes: Sequence[Dimensions], parent: WarmParent
) -> list[Variant]:
    """Those of a few slips that run and return what has the right types."""
    rubric = problem.rubric
    text = combined(rubric, [slip.source for slip in group])
    asked = job(rubric, shapes, None)
    traces = run_source(text, problem.reference.name, parent, asked, lambda s: s.traces())
    if isinstance(traces, Failure):
        return []
    return [
        Variant("; ".join(slip.words), slip.words, [p for p in programs if p is not None])
        for slip, programs in zip(group, separated(rubric, traces), strict=False)
        if all(programs)
    ]
