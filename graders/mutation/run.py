"""Results of a program on many batches of one shape, as many at once as it allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from graders.jaxpr import batching
from graders.jaxpr.arithmetic import NotExact
from graders.jaxpr.interpret import (
    Broken,
    BudgetExceeded,
    Evaluator,
    TooLarge,
    Unsupported,
)
from graders.jaxpr.model import Array, Program

Arrays = tuple[Array, ...]
FAILURES = (Broken, BudgetExceeded, NotExact, TooLarge, Unsupported)


def results(
    program: Program, batches: Sequence[Sequence[Array]], evaluator: Evaluator
) -> Iterator[Arrays]:
    """What the program gives for each batch, in order; raises one of `FAILURES`.

    The program must be in normal form. One that cannot be given a leading axis is run on one batch
    at a time, and only as often as results are asked for.
    """
    try:
        together = evaluator.prepare(batching.batch(program, len(batches)))
    except (batching.NotBatchable, TooLarge):
        run = evaluator.prepare(program)
        yield from (tuple(run(batch)) for batch in batches)
        return
    columns = together([np.stack(column) for column in zip(*batches, strict=True)])
    yield from (tuple(column[row] for column in columns) for row in range(len(batches)))


def finite(values: Arrays) -> bool:
    """Whether no number is infinite or nan."""
    return all(bool(np.all(np.isfinite(value))) for value in values)
