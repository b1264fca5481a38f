"""Batches made of two: one of them with some arguments, or a row of them, taken from the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.inputs import Batch
from graders.jaxpr.model import Array
from graders.probe import changed
from graders.rubric import Rubric


def swapped(
    rubric: Rubric, first: Batch, other: Batch, names: Sequence[str], row: int | None = None
) -> list[Array]:
    """The first batch with the named arguments, or one row of them, taken from the other."""
    arguments = []
    for argument, mine, theirs in zip(
        rubric.arguments, first.arguments, other.arguments, strict=True
    ):
        if argument.root not in names or (row is not None and row >= len(mine)):
            arguments.append(mine)
        elif row is None:
            arguments.append(theirs)
        else:
            mixed = np.array(mine)
            mixed[row] = theirs[row]
            arguments.append(mixed)
    return arguments


def unlike(rubric: Rubric, first: Batch, batches: Sequence[Batch], names: Sequence[str]) -> Batch:
    """The batch that differs from the first in most elements of the named arguments.

    An argument in which none differs is changed, so that there is a difference to look for.
    """
    columns = rubric.columns(*names)

    def distance(batch: Batch) -> int:
        return sum(int(np.sum(batch.arguments[n] != first.arguments[n])) for n in columns)

    other = max(batches, key=distance)
    arguments = tuple(
        changed(mine) if n in columns and np.array_equal(mine, theirs) else theirs
        for n, (mine, theirs) in enumerate(zip(first.arguments, other.arguments, strict=True))
    )
    return Batch(other.dimensions, arguments)
