"""Which known mistake is this? The one that returns what the learner's program returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.bank import Bank, starts
from graders.jaxpr.many import finite
from graders.jaxpr.model import Array
from graders.numeric import scale
from graders.rubric import Rubric
from graders.subject import Dimensions, Trace

_RELATIVE = 1e-4


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong submission: what it is, and what it returns on the batches of a bank.

    `title` says what the mistake is, `advice` what to change, where there is more to say. `trees`
    describes the result by shape; `results` holds its leaves by number of batch.
    """

    name: str
    title: str
    trees: Mapping[Dimensions, str]
    results: Mapping[int, tuple[Array, ...]]
    advice: str = ""


def recognise(
    rubric: Rubric,
    bank: Bank,
    traces: Sequence[Trace],
    results: Sequence[tuple[Array, ...]],
    mistakes: Sequence[Mistake],
) -> Mistake | None:
    """The known mistake that returns what the learner returns on every batch it was tried on.

    None when there is none, or when several with different titles do.
    """
    found = list(_returning_the_same(rubric, bank, traces, results, mistakes))
    return found[0] if len({mistake.title for mistake in found}) == 1 else None


def resembled(
    rubric: Rubric,
    bank: Bank,
    traces: Sequence[Trace],
    results: Sequence[tuple[Array, ...]],
    imitations: Sequence[Mistake],
) -> Mistake | None:
    """The first of some changes to the reference that returns what the learner returns.

    Of several, each is as true as the others: they compute the same.
    """
    return next(_returning_the_same(rubric, bank, traces, results, imitations), None)


def _returning_the_same(
    rubric: Rubric,
    bank: Bank,
    traces: Sequence[Trace],
    results: Sequence[tuple[Array, ...]],
    mistakes: Sequence[Mistake],
) -> Iterator[Mistake]:
    for mistake in mistakes:
        if _same_types(traces, mistake) and _same_results(rubric, bank, results, mistake):
            yield mistake


def _same_types(traces: Sequence[Trace], mistake: Mistake) -> bool:
    known = [trace for trace in traces if trace.dimensions in mistake.trees]
    return bool(known) and all(
        str(trace.result) == mistake.trees[trace.dimensions] for trace in known
    )


def _same_results(
    rubric: Rubric, bank: Bank, results: Sequence[tuple[Array, ...]], mistake: Mistake
) -> bool:
    if _lost(mistake.results.values()) and not _lost(results):
        return False  # many things end in nan, and this one does not always
    return bool(mistake.results) and all(
        _alike(rubric, bank, number, results[number], values)
        for number, values in mistake.results.items()
    )


def _lost(results: Iterable[tuple[Array, ...]]) -> bool:
    """Whether nan or infinity is in every result."""
    return not any(map(finite, results))


def _alike(
    rubric: Rubric,
    bank: Bank,
    number: int,
    mine: Sequence[Array],
    theirs: Sequence[Array],
) -> bool:
    origins = starts(rubric, bank.batches[number])
    allowed = [_RELATIVE * s for s in map(scale, bank.expected[number], origins)]
    # Results of another structure are compared by what the first is allowed.
    limits = [*allowed, *allowed[:1] * len(mine)]
    return len(mine) == len(theirs) and all(
        a.shape == b.shape and _near(a, b, limit)
        for a, b, limit in zip(mine, theirs, limits, strict=False)
    )


def _near(mine: Array, theirs: Array, allowed: float) -> bool:
    a, b = (np.asarray(value, np.complex128) for value in (mine, theirs))
    with np.errstate(all="ignore"):
        return bool(np.all((np.abs(a - b) <= allowed) | (a == b) | ((a != a) & (b != b))))
