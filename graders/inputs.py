"""Dimensions and arguments to batches: which shapes are tried, and what hypothesis draws in them.

Values lie on a grid of powers of two, so that they are the same number in float32 and above and
rational arithmetic on them stays short; the grid is too fine for float16 and bfloat16, so that
rounding to those shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import TYPE_CHECKING

import numpy as np

from graders.jaxpr.model import Array
from graders.rubric import KEY, Argument, Dimension, Rubric, concrete
from graders.subject import Dimensions

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

GENERATOR = 4
SEED = 20_150_401
_GRID_STEPS = 4096
_GROWTH_FROM = 3
_LOGARITHMIC_PART = 8
_DISTINCT_TRIES = 500
_ATTEMPTS = 8
_FEWEST = 8
_LISTED = 16
_SHRUNK = 64
_BASE = 64
_SEEDS = 1 << 30


@dataclass(frozen=True, slots=True)
class Batch:
    """One set of arguments: float arrays in the declared dtype, in the order of the signature."""

    dimensions: Dimensions
    arguments: tuple[Array, ...]

    @property
    def variety(self) -> int:
        """How many different values its arrays have, each counted by itself."""
        return sum(len(set(array.reshape(-1).tolist())) for array in self.arguments)


def shapes(rubric: Rubric, wanted: int = 10) -> tuple[Dimensions, ...]:
    """At least `wanted` assignments of dimensions where there are as many: edges, then draws.

    For each dimension that programs must not grow with there are two that differ in nothing else.
    Extents that are drawn differ from each other where that is possible.
    """
    found = list(dict.fromkeys(_edges(rubric.dimensions) + growth_shapes(rubric)))
    possible = math.prod(d.max - d.min + 1 for d in rubric.dimensions)
    random = np.random.default_rng(SEED)
    tries = 0
    while len(found) < min(wanted, possible):
        drawn = tuple((d.name, int(random.integers(d.min, d.max + 1))) for d in rubric.dimensions)
        tries += 1
        distinct = len({size for _, size in drawn}) == len(drawn)
        if drawn not in found and (distinct or possible < 2 * wanted or tries > _DISTINCT_TRIES):
            found.append(drawn)
    return tuple(found)


def growth_shapes(rubric: Rubric) -> list[Dimensions]:
    """Two shapes for each dimension whose growth is judged, the smaller one first."""
    sizes = {d.name: _middle(d, position) for position, d in enumerate(rubric.dimensions)}
    found: list[Dimensions] = []
    extents = {dimension.name: dimension for dimension in rubric.dimensions}
    for name in rubric.structure.sized:
        dimension, low = extents[name], _GROWTH_FROM
        if name in rubric.structure.logarithmic_size:
            low = max(low, dimension.max // _LOGARITHMIC_PART)
        small = min(max(low, dimension.min), dimension.max)
        found.extend(tuple({**sizes, name: size}.items()) for size in (small, dimension.max))
    return found


def _edges(dimensions: Sequence[Dimension]) -> list[Dimensions]:
    smallest = {d.name: d.min for d in dimensions}
    found = [tuple(smallest.items())]
    for position, dimension in enumerate(dimensions):
        grown = min(dimension.min + 1 + position, dimension.max)
        found.append(tuple({**smallest, dimension.name: grown}.items()))
    small = {d.name: min(d.min + 1 + i, d.max) for i, d in enumerate(dimensions)}
    found.append(tuple(small.items()))
    found.append(tuple((d.name, d.max) for d in dimensions))
    return found


def _middle(dimension: Dimension, position: int) -> int:
    middle = (dimension.min + dimension.max) // 2 + position % 2
    return min(max(middle, dimension.min), dimension.max)


def grid(argument: Argument) -> Array:
    """All values an argument's elements are drawn from, ascending."""
    if argument.dtype == "bool":
        return np.array([False, True])
    if argument.dtype.startswith(("int", "uint")):
        return np.arange(math.ceil(argument.low), math.floor(argument.high) + 1)
    span = argument.high - argument.low
    step = 2.0 ** math.floor(math.log2(span / _GRID_STEPS)) if span > 0 else 1.0
    first, last = math.ceil(argument.low / step), math.floor(argument.high / step)
    return np.arange(first, last + 1) * step if last >= first else np.array([argument.low])


def batches(rubric: Rubric, dimensions: Dimensions, count: int, accept: Accept) -> list[Batch]:
    """`count` batches of one shape that hypothesis draws and `accept` admits.

    The same arguments give the same batches, for the same versions of hypothesis and NumPy.
    Raises `Infeasible` when hardly any batch is admitted.
    """
    found: dict[bytes, Batch] = {}
    for attempt in range(_ATTEMPTS):
        for batch in _draw(rubric, dimensions, count, attempt):
            key = b"".join(array.tobytes() for array in batch.arguments)
            if len(found) < count and key not in found and accept(batch):
                found[key] = batch
        if len(found) == count:
            return list(found.values())
    raise Infeasible(dimensions, len(found), count)


def _draw(rubric: Rubric, dimensions: Dimensions, count: int, attempt: int) -> list[Batch]:
    from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

    drawn: list[Batch] = []

    @seed(SEED + attempt + sum(size * 31**i for i, (_, size) in enumerate(dimensions, 1)))
    @settings(
        max_examples=max(count, _FEWEST),  # the first is the plainest: all zeros, if they can be
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy(rubric, dimensions))
    def draw(batch: Batch) -> None:
        drawn.append(batch)

    draw()
    return drawn


Accept = Callable[[Batch], bool]


class Infeasible(Exception):
    """The reference is not finite, or hardly moves, on nearly all batches of a shape."""

    def __init__(self, dimensions: Dimensions, found: int, wanted: int) -> None:
        super().__init__(dimensions, found, wanted)
        self.dimensions, self.found, self.wanted = dimensions, found, wanted


def strategy(
    rubric: Rubric, dimensions: Dimensions, listed: int = _LISTED
) -> SearchStrategy[Batch]:
    """Batches of one shape. Elements shrink toward whole numbers near zero.

    Arrays of more than `listed` elements are drawn by one seed, which is fast but does not shrink.
    """
    from hypothesis import strategies as st

    columns = [
        _array(argument, dimensions, listed, place)
        for place, argument in enumerate(rubric.arguments)
    ]
    return st.tuples(*columns).map(lambda arguments: Batch(dimensions, tuple(arguments)))


def _array(
    argument: Argument, dimensions: Dimensions, most: int, place: int
) -> SearchStrategy[Array]:
    """One argument's arrays. Its place is in their seeds, or arguments would often be equal."""
    from hypothesis import strategies as st

    shape = concrete(argument.shape, dimensions)
    if argument.dtype == KEY:
        return _natural(_SEEDS).map(lambda number: _keys((place, number), shape))
    ranked = _ranked(argument)
    size = math.prod(shape)
    plain = st.lists(_natural(len(ranked)), min_size=size, max_size=size)
    spread = _natural(_SEEDS).map(
        lambda number: (
            np.random.default_rng((place, number)).integers(0, len(ranked), size).tolist()
        )
    )
    drawn = plain if size <= most else spread
    if size <= most == _LISTED:
        drawn = st.one_of(plain, spread)
    return drawn.map(lambda found: ranked[np.array(found, int)].reshape(shape))


def _keys(seed: tuple[int, int], shape: tuple[int, ...]) -> Array:
    """Random keys, both words in use, as keys from a split have them."""
    return np.random.default_rng(seed).integers(0, 1 << 64, shape, np.uint64)


def _natural(limit: int) -> SearchStrategy[int]:
    """Numbers below a limit, drawn digit by digit.

    Into larger ranges than a digit's, hypothesis mixes constants it finds in the source of whatever
    is loaded: the batches would depend on how and where the judge is installed.
    """
    from hypothesis import strategies as st

    digits = max(1, math.ceil(math.log(limit, _BASE)))
    drawn = st.tuples(*[st.integers(0, _BASE - 1)] * digits)
    return drawn.map(lambda found: reduce(lambda a, b: a * _BASE + b, found) % limit)


@cache
def _ranked(argument: Argument) -> Array:
    """The values of an argument's grid, the plainest first."""
    return np.asarray(sorted(grid(argument).tolist(), key=_simplicity), dtype=argument.dtype)


def _simplicity(value: float) -> tuple[int, float, bool]:
    denominator = value.as_integer_ratio()[1]
    return denominator, abs(value), value < 0


def smallest(
    rubric: Rubric, candidates: Sequence[Dimensions], fails: Callable[[Batch], bool], tries: int
) -> Batch | None:
    """A batch that fails, as small and plain as hypothesis can make it, or None.

    None also if what fails does not fail again, as when evaluating it ran out of time once.
    """
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import Flaky, NoSuchExample

    chosen = settings(
        max_examples=tries,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    for dimensions in sorted(candidates, key=lambda d: (math.prod(s for _, s in d), d)):
        try:
            return find(strategy(rubric, dimensions, _SHRUNK), fails, settings=chosen)
        except (NoSuchExample, Flaky):
            continue
    return None
