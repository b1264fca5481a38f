"""What the reference would return if it had been written with a slip: traced many at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from graders.bank import Bank
from graders.diagnosis import Mistake
from graders.imitation import Variant, declared, imitation
from graders.jaxpr.model import Node, Program, leaves
from graders.jaxpr.normalize import TooLong, normalize, prune
from graders.slips.slip import Slip, slips
from graders.subject import Dimensions, Failure, Trace
from harness.bank import job, run_source
from harness.problem.model import Problem
from harness.sandbox.parent import WarmParent

_TOGETHER = 25
_SHAPES = 2
# One file that is many: what does not run gives None, so that the others are still traced.
_FILE = """
import jax

def _made(source):
    scope = {{"__name__": "slip"}}
    exec(compile(source, "slip", "exec"), scope)
    return scope[{entry!r}]

def _returned(source, arguments):
    try:
        result = _made(source)(*arguments)
        jax.eval_shape(lambda: result)
    except Exception:
        return None
    return result

def {entry}({names}):
    return tuple(_returned(source, ({names},)) for source in {sources!r})
"""


def slipped(
    problem: Problem, bank: Bank, shapes: Sequence[Dimensions], parent: WarmParent
) -> list[Mistake]:
    """The slips in a problem's reference as mistakes, on the batches of some shapes.

    Each of a pair shows by itself: one that does not is not to blame. Raises `MachineError` when
    they cannot be run.
    """
    shapes = shapes[-_SHAPES:]
    made = list(slips(problem.reference.read_text("utf-8")))
    groups = [made[first : first + _TOGETHER] for first in range(0, len(made), _TOGETHER)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        traced = pool.map(lambda group: _variants(problem, group, shapes, parent), groups)
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
    names = ", ".join(rubric.signature.names)
    text = _FILE.format(entry=rubric.entry, names=names, sources=[slip.source for slip in group])
    asked = job(rubric, shapes, None)
    traces = run_source(
        text.encode(), problem.reference.name, parent, asked, lambda subject: subject.traces()
    )
    if isinstance(traces, Failure):
        return []
    try:
        parts = [list(_parts(trace, declared(rubric, trace.dimensions))) for trace in traces]
    except TooLong:
        return []
    return [
        Variant("; ".join(slip.words), slip.words, [p for p in programs if p is not None])
        for slip, programs in zip(group, zip(*parts, strict=True), strict=True)
        if all(programs)
    ]


def _parts(trace: Trace, right: str) -> Iterator[Program | None]:
    """The programs whose results are returned together; None for those of other types."""
    program = normalize(trace.program)
    assert isinstance(trace.result, Node)
    first, count = 0, len(program.outputs)
    for child in trace.result.children:
        last = first + len(leaves(child))
        wanted = [first <= number < last for number in range(count)]
        yield prune(program, wanted) if str(child) == right else None
        first = last
