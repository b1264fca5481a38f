"""Rules whose parameters decide where elements go, over parameters that hypothesis makes up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr.arithmetic import EXACT, NATIVE
from graders.jaxpr.interpret import Evaluator
from tests.graders.jaxpr.rules.differential import agree, plain, trace

Draw = st.DrawFn
few = settings(max_examples=20, derandomize=True, deadline=None, database=None)


def numbered(*shape: int) -> Any:
    """Distinct whole numbers, so that an element out of place is noticed and sums are exact."""
    return np.arange(1, 1 + int(np.prod(shape)), dtype=np.float32).reshape(shape)


def compare(function: Callable[..., Any], *values: Any) -> None:
    expected = plain(function(*values))
    program = trace(function, values)
    agree(Evaluator(NATIVE).prepare(program)(values), expected, 0.0, dtypes=True)
    exact = Evaluator(EXACT).prepare(program)(values)
    agree([np.asarray(v, e.dtype) for v, e in zip(exact, expected, strict=True)], expected, 0.0)


@st.composite
def shapes(draw: Draw, most: int = 3) -> tuple[int, ...]:
    return tuple(draw(st.lists(st.integers(0, 4), min_size=1, max_size=most)))


@few
@given(st.data(), shapes())
def test_pad(data: st.DataObject, shape: tuple[int, ...]) -> None:
    config = []
    for extent in shape:
        interior = data.draw(st.integers(0, 2))
        dilated = extent + max(0, extent - 1) * interior
        low = data.draw(st.integers(-dilated - 1, 3))
        config.append((low, data.draw(st.integers(-low - dilated, 4)), interior))
    compare(partial(lax.pad, padding_config=config), numbered(*shape), np.float32(-1))


@few
@given(st.data(), shapes())
def test_slice(data: st.DataObject, shape: tuple[int, ...]) -> None:
    starts = [data.draw(st.integers(0, extent)) for extent in shape]
    limits = [data.draw(st.integers(s, e)) for s, e in zip(starts, shape, strict=True)]
    strides = [data.draw(st.integers(1, 3)) for _ in shape]
    compare(lambda x: lax.slice(x, starts, limits, strides), numbered(*shape))


@few
@given(st.data(), shapes())
def test_broadcast_and_transpose(data: st.DataObject, shape: tuple[int, ...]) -> None:
    rank = len(shape) + data.draw(st.integers(0, 2))
    places = sorted(data.draw(st.permutations(range(rank)))[: len(shape)])
    target = [data.draw(st.integers(0, 3)) for _ in range(rank)]
    for place, extent in zip(places, shape, strict=True):
        target[place] = extent
    order = data.draw(st.permutations(range(rank)))
    compare(
        lambda x: lax.transpose(lax.broadcast_in_dim(x, target, places), order), numbered(*shape)
    )


@few
@given(st.data(), shapes(), st.sampled_from(["sum", "max", "min", "prod"]))
def test_reduce(data: st.DataObject, shape: tuple[int, ...], name: str) -> None:
    shape = tuple(max(extent, 1) for extent in shape)
    axes = data.draw(st.sets(st.sampled_from(range(len(shape)))))
    compare(partial(getattr(lax, f"reduce_{name}"), axes=sorted(axes)), numbered(*shape) % 3)


@few
@given(st.data(), shapes(2), shapes(2), shapes(2), shapes(1))
def test_dot_general(
    data: st.DataObject,
    batch: tuple[int, ...],
    summed: tuple[int, ...],
    left: tuple[int, ...],
    right: tuple[int, ...],
) -> None:
    """Axes of both sides in any order."""
    sides, axes = [], []
    for free in (left, right):
        extents = [*batch, *summed, *free]
        order = data.draw(st.permutations(range(len(extents))))
        places = [order.index(axis) for axis in range(len(extents))]
        sides.append(numbered(*(extents[axis] for axis in order)) % 5)
        axes.append((places[len(batch) : len(batch) + len(summed)], places[: len(batch)]))
    (left_sum, left_batch), (right_sum, right_batch) = axes
    numbers = ((left_sum, right_sum), (left_batch, right_batch))
    compare(partial(lax.dot_general, dimension_numbers=numbers), *sides)


@few
@given(st.data(), st.sampled_from([(1, 1), (2, 1), (1, 2)]))
def test_conv(data: st.DataObject, groups: tuple[int, int]) -> None:
    small = st.integers(1, 3)
    features, batches = groups
    image = numbered(2 * batches, 2 * features, data.draw(st.integers(3, 6)), 3) % 5
    kernel = numbered(2 * features * batches, 2, data.draw(small), data.draw(st.integers(1, 2))) % 3
    pair = st.tuples(small, small)
    options: dict[str, Any] = {
        "window_strides": data.draw(pair),
        "padding": [data.draw(st.tuples(st.integers(0, 2), st.integers(0, 2))) for _ in range(2)],
        "lhs_dilation": data.draw(pair),
        "rhs_dilation": data.draw(pair),
        "feature_group_count": features,
        "batch_group_count": batches,
    }
    compare(partial(lax.conv_general_dilated, **options), image, kernel)


@st.composite
def gathers(draw: Draw) -> tuple[Any, tuple[int, ...], tuple[int, ...], Any]:
    """Dimension numbers, slice sizes, operand shape, and positions in and out of bounds."""
    operand = tuple(draw(st.lists(st.integers(1, 4), min_size=2, max_size=3)))
    batch = tuple(draw(st.lists(st.integers(1, 3), max_size=2)))
    sizes = [draw(st.integers(1, extent)) for extent in operand]
    mapped = draw(st.permutations(range(len(operand))))[: draw(st.integers(1, len(operand)))]
    collapsed = sorted(axis for axis in mapped if draw(st.booleans()))
    for axis in collapsed:
        sizes[axis] = 1
    rank = len(batch) + len(operand) - len(collapsed)
    offsets = sorted(draw(st.permutations(range(rank)))[: len(operand) - len(collapsed)])
    numbers = lax.GatherDimensionNumbers(tuple(offsets), tuple(collapsed), tuple(mapped))
    seed = np.random.default_rng(draw(st.integers(0, 1000)))
    positions = seed.integers(-2, 5, (*batch, len(mapped)), dtype=np.int32)
    return numbers, tuple(sizes), operand, positions


@few
@given(gathers(), st.sampled_from(["clip", "fill"]))
def test_gather(drawn: Any, mode: str) -> None:
    numbers, sizes, operand, positions = drawn
    options = {"dimension_numbers": numbers, "slice_sizes": sizes, "mode": mode, "fill_value": -1}
    compare(lambda x: lax.gather(x, positions, **options), numbered(*operand))


@few
@given(
    gathers(), st.sampled_from(["clip", "drop"]), st.sampled_from(["scatter_add", "scatter_max"])
)
def test_scatter(drawn: Any, mode: str, name: str) -> None:
    numbers, sizes, operand, positions = drawn
    gather = {"dimension_numbers": numbers, "slice_sizes": sizes}
    shape = jax.eval_shape(lambda x: lax.gather(x, positions, **gather), numbered(*operand)).shape
    target = lax.ScatterDimensionNumbers(*numbers[:3])
    scatter = partial(getattr(lax, name), dimension_numbers=target, mode=mode)
    compare(lambda x, u: scatter(x, positions, u), numbered(*operand), numbered(*shape))


@st.composite
def windows(draw: Draw, dilated: bool = True) -> tuple[tuple[int, ...], dict[str, Any]]:
    """A shape, and windows over it of which there is at least one."""
    shape = draw(st.lists(st.integers(1, 5), min_size=1, max_size=2))
    grow = st.integers(1, 2) if dilated else st.just(1)
    columns = []
    for extent in shape:
        base, step = draw(grow), draw(grow)
        low, high = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        room = low + high + (extent - 1) * base + 1
        window = draw(st.integers(1, max(1, (room - 1) // step)))
        columns.append((window, draw(st.integers(1, 2)), (low, high), base, step))
    names = ("window_dimensions", "window_strides", "padding", "base_dilation", "window_dilation")
    return tuple(shape), dict(zip(names, map(tuple, zip(*columns, strict=True)), strict=True))


@few
@given(windows(), st.sampled_from([lax.add, lambda a, b: a + b * b]))
def test_sums_over_windows(drawn: Any, combine: Callable[..., Any]) -> None:
    shape, params = drawn
    start = np.float32(0 if combine is lax.add else 5)
    compare(lambda x: lax.reduce_window(x, start, combine, **params), numbered(*shape))


@few
@given(windows(dilated=False))
def test_gradients_of_pooling(drawn: Any) -> None:
    shape, params = drawn

    def pool(x: Any) -> Any:
        return lax.reduce_window(x, -np.inf, lax.max, **params)

    def gradient(x: Any, t: Any) -> Any:
        return jax.vjp(pool, x)[1](t)

    pooled = jax.eval_shape(pool, numbered(*shape)).shape
    values = -numbered(*shape) % 7, numbered(*pooled)
    program = trace(gradient, values)
    agree(Evaluator(NATIVE).prepare(program)(values), plain(gradient(*values)), 0.0, dtypes=True)


@few
@given(shapes(), st.data())
def test_reductions_by_a_computation(shape: tuple[int, ...], data: st.DataObject) -> None:
    axes = data.draw(st.lists(st.integers(0, len(shape) - 1), unique=True))
    compare(lambda x: lax.reduce(x, np.float32(3), lambda a, b: a + b * b, axes), numbered(*shape))


@few
@given(shapes(), st.integers(0, 2), st.booleans())
def test_sort_with_ties(shape: tuple[int, ...], axis: int, first: bool) -> None:
    values = numbered(*shape)
    keys = 1 if first else 2
    sort = partial(lax.sort, dimension=axis % len(shape), num_keys=keys)
    compare(lambda x, y: sort((x % 2, -y)), values, values)
