"""`dot_general`, convolution and reductions over windows."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Array, ArrayType, Equation
from graders.jaxpr.rules.reduction import highest, lowest
from graders.jaxpr.rules.rule import Call, Rule, declare, inverse
from graders.jaxpr.rules.shape import padding

# A padded grid is held beside the values that were accounted for, so it counts for more.
_HELD = 8


def _accumulator(type: ArrayType, arithmetic: Arithmetic) -> np.dtype[np.generic]:
    """What sums of products are taken in: float16 would lose what XLA keeps."""
    storage = arithmetic.storage(type.dtype)
    return np.dtype(np.float32) if storage == np.float16 else storage


def _dot_work(equation: Equation) -> int:
    (contracted, _), _ = equation.params["dimension_numbers"]
    shape = equation.inputs[0].type.shape
    return equation.outputs[0].type.size * _extent(shape, contracted)


def _prepare_dot(equation: Equation, arithmetic: Arithmetic) -> Call:
    (left_sum, right_sum), (left_batch, right_batch) = equation.params["dimension_numbers"]
    left, right = (atom.type.shape for atom in equation.inputs)
    out = equation.outputs[0].type
    declare(
        equation,
        _extent(left, _others(left, left_sum))
        * _extent(right, _others(right, (*right_sum, *right_batch))),
    )
    product = _dot(left_sum, right_sum, left, right) if not left_batch else None
    if product is None:
        product = _matmul((left_sum, right_sum, left_batch, right_batch), left, right, out.shape)
    dtype, stored = _accumulator(out, arithmetic), arithmetic.storage(out.dtype)
    if all(arithmetic.storage(atom.type.dtype) == dtype == stored for atom in equation.inputs):
        return product
    call = product
    return lambda x, y: call(x.astype(dtype), y.astype(dtype)).astype(stored)


def _dot(
    left_sum: Sequence[int], right_sum: Sequence[int], left: Sequence[int], right: Sequence[int]
) -> Call | None:
    """`np.dot`, which is the fastest on small arrays, where one axis is summed over."""
    if len(left_sum) != 1 or len(right) > 2:
        return None
    first, last = [*_others(left, left_sum), *left_sum], [*right_sum, *_others(right, right_sum)]
    turn_left, turn_right = first != sorted(first), last != sorted(last)
    if turn_left and turn_right:
        return lambda x, y: np.dot(x.transpose(first), y.transpose(last))
    if turn_left:
        return lambda x, y: np.dot(x.transpose(first), y)
    if turn_right:
        return lambda x, y: np.dot(x, y.transpose(last))
    return np.dot


def _matmul(
    axes: Sequence[Sequence[int]], left: Sequence[int], right: Sequence[int], shape: Sequence[int]
) -> Call:
    """The general case: both sides brought to batch, free and summed axes, then `np.matmul`."""
    left_sum, right_sum, left_batch, right_batch = axes
    left_free = _others(left, (*left_sum, *left_batch))
    right_free = _others(right, (*right_sum, *right_batch))
    batch, summed = _extent(left, left_batch), _extent(left, left_sum)
    left_order = (*left_batch, *left_free, *left_sum)
    right_order = (*right_batch, *right_sum, *right_free)
    left_shape = (batch, _extent(left, left_free), summed)
    right_shape = (batch, summed, _extent(right, right_free))

    def call(x: Array, y: Array) -> Array:
        a = np.transpose(x, left_order).reshape(left_shape)
        b = np.transpose(y, right_order).reshape(right_shape)
        return np.asarray(np.matmul(a, b).reshape(shape))

    return call


def _others(shape: Sequence[int], axes: Sequence[int]) -> list[int]:
    return [axis for axis in range(len(shape)) if axis not in axes]


def _extent(shape: Sequence[int], axes: Sequence[int]) -> int:
    return math.prod(shape[axis] for axis in axes)


def _conv_work(equation: Equation) -> int:
    params, kernel = equation.params, equation.inputs[1].type
    numbers = params["dimension_numbers"]
    outputs: int = kernel.shape[numbers["rhs_spec"][0]]
    image = [equation.inputs[0].type.shape[axis] for axis in numbers["lhs_spec"]]
    config = [(0, 0, 0)] * 2 + _config(params["padding"], params["lhs_dilation"])
    grid: int = math.prod(padded_shape(image, config))
    return equation.outputs[0].type.size * (kernel.size // max(outputs, 1)) + _HELD * grid


def _config(padding: Any, dilation: Sequence[int]) -> list[tuple[int, int, int]]:
    return [(low, high, d - 1) for (low, high), d in zip(padding, dilation, strict=True)]


def _prepare_conv(equation: Equation, arithmetic: Arithmetic) -> Call:
    """A sum over kernel positions of products over channels; groups are one more batch axis."""
    params, numbers = equation.params, equation.params["dimension_numbers"]
    left, right = (atom.type for atom in equation.inputs)
    out = equation.outputs[0].type
    image = tuple(left.shape[axis] for axis in numbers["lhs_spec"])
    kernel = tuple(right.shape[axis] for axis in numbers["rhs_spec"])
    extents = tuple(out.shape[axis] for axis in numbers["out_spec"])[2:]
    split, features = params["batch_group_count"], params["feature_group_count"]
    groups, batch = split * features, image[0] // split
    dtype, stored = _accumulator(out, arithmetic), arithmetic.storage(out.dtype)
    pad, slices = _conv_windows(
        ArrayType(left.dtype, image), kernel[2:], extents, params, arithmetic
    )
    zero = np.zeros((), arithmetic.storage(left.dtype))
    regrouped = (batch, groups, kernel[1], math.prod(extents))
    order, weights_shape = (
        inverse(numbers["out_spec"]),
        (groups, kernel[0] // groups, kernel[1], -1),
    )

    def call(x: Array, y: Array) -> Array:
        grid = pad(np.transpose(x, numbers["lhs_spec"]), zero).astype(dtype)
        weights = np.transpose(y, numbers["rhs_spec"]).reshape(weights_shape).astype(dtype)
        total = np.zeros((batch, groups, weights_shape[1], regrouped[3]), dtype)
        for number, window in enumerate(slices):
            patch = _split_batch(grid[window], split).reshape(regrouped)
            total = total + np.matmul(weights[..., number], patch)
        return np.transpose(total.reshape(batch, kernel[0], *extents), order).astype(stored)

    return call


def _split_batch(x: Array, groups: int) -> Array:
    """Batch groups moved in front of the channels."""
    if groups == 1:
        return x
    parts = x.reshape(groups, x.shape[0] // groups, *x.shape[1:])
    return np.moveaxis(parts, 0, 1)


def _conv_windows(
    image: ArrayType,
    kernel: Sequence[int],
    extents: Sequence[int],
    params: Any,
    arithmetic: Arithmetic,
) -> tuple[Call, list[tuple[slice, ...]]]:
    config = [(0, 0, 0)] * 2 + _config(params["padding"], params["lhs_dilation"])
    pad = padding(image, padded_shape(image.shape, config), config, arithmetic)
    slices = window_slices(kernel, extents, params["window_strides"], params["rhs_dilation"])
    return pad, [(slice(None), slice(None), *window) for window in slices]


def padded_shape(shape: Sequence[int], config: Sequence[tuple[int, int, int]]) -> tuple[int, ...]:
    """The shape after low, high and interior padding of each axis."""
    return tuple(
        max(0, low + high + extent + max(0, extent - 1) * interior)
        for extent, (low, high, interior) in zip(shape, config, strict=True)
    )


def window_slices(
    window: Sequence[int], extents: Sequence[int], strides: Sequence[int], dilation: Sequence[int]
) -> list[tuple[slice, ...]]:
    """For each position in a window, the elements that stand there in all windows."""
    return [
        tuple(
            slice(p * d, p * d + (extent - 1) * stride + 1 if extent else p * d, stride)
            for p, d, extent, stride in zip(place, dilation, extents, strides, strict=True)
        )
        for place in itertools.product(*map(range, window))
    ]


def _window_work(equation: Equation) -> int:
    params = equation.params
    config = _config(params["padding"], params["base_dilation"])
    grid: int = math.prod(padded_shape(equation.inputs[0].type.shape, config))
    window: int = math.prod(params["window_dimensions"])
    return equation.outputs[0].type.size * window + _HELD * grid


def _window(ufunc: np.ufunc, neutral: Call) -> Rule:
    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        params, source = equation.params, equation.inputs[0].type
        out, dtype = equation.outputs[0].type, arithmetic.storage(source.dtype)
        config = _config(params["padding"], params["base_dilation"])
        pad = padding(source, padded_shape(source.shape, config), config, arithmetic)
        fill = neutral(dtype) if any(map(any, config)) or not source.shape else 0
        slices = window_slices(
            params["window_dimensions"],
            out.shape,
            params["window_strides"],
            params["window_dilation"],
        )

        def call(x: Array) -> Array:
            grid = pad(x, fill)
            result: Array = grid[slices[0]].copy()
            for window in slices[1:]:
                ufunc(result, grid[window], out=result)
            return result

        return call

    return Rule(prepare, exact=True, work=_window_work)


RULES: dict[str, Rule] = {
    "conv_general_dilated": Rule(_prepare_conv, exact=True, work=_conv_work),
    "dot_general": Rule(_prepare_dot, exact=True, work=_dot_work),
    "reduce_window_max": _window(np.maximum, lowest),
    "reduce_window_min": _window(np.minimum, highest),
    "reduce_window_sum": _window(np.add, lambda dtype: 0),
}
