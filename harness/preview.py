"""Looks at a problem's bank as an author would: numbers over all batches, and a few in full."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from graders.bank import Bank
from graders.explain import results_text, shown
from graders.jaxpr.model import Array
from graders.rubric import Extent, Rubric
from graders.subject import Dimensions
from graders.trajectory import compare
from harness.sight import Example, Sight, Spread


def look(rubric: Rubric, bank: Bank) -> Sight:
    """What a problem's batches are like, with one of a small, a middling and a large shape each."""
    shapes = sorted(bank.shapes, key=lambda shape: math.prod(size for _, size in shape))
    chosen = dict.fromkeys([shapes[0], shapes[len(shapes) // 2], shapes[-1]])
    columns = zip(*(batch.arguments for batch in bank.batches), strict=True)
    results = zip(*bank.expected, strict=True)
    return Sight(
        len(bank.batches),
        [dict(shape) for shape in bank.shapes],
        len(bank.exact),
        [
            _spread(a.name, a.dtype, a.shape, values)
            for a, values in zip(rubric.arguments, columns, strict=True)
        ],
        [
            _spread(r.name or "result", r.dtype, r.shape, values)
            for r, values in zip(rubric.results, results, strict=True)
        ],
        [_example(rubric, bank, shape) for shape in chosen],
    )


def _spread(name: str, dtype: str, shape: Sequence[Extent], values: Sequence[Array]) -> Spread:
    kind = f"{dtype}[{','.join(map(str, shape))}]"
    lows = [float(np.min(value)) for value in values]
    highs = [float(np.max(value)) for value in values]
    return Spread(name, kind, min(lows), max(highs))


def _example(rubric: Rubric, bank: Bank, shape: Dimensions) -> Example:
    """The batch of a shape with the most different numbers in it."""
    number = max(bank.of_shape(shape), key=lambda n: bank.batches[n].variety)
    batch = bank.batches[number]
    program = bank.program(shape)
    result = results_text(rubric, bank.expected[number])
    example = shown(rubric, batch, result, result, "")
    way = compare(rubric, program, program, batch)
    return Example(example.dimensions, example.arguments, result, way)
