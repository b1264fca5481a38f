"""`dot_general` and convolution."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Array, ArrayType, Equation
from graders.jaxpr.rules.rule import Call, Rule, declare, inverse
from graders.jaxpr.rules.shape import padding
from graders.jaxpr.rules.windows import HELD, padded_shape, pads, positions_work, window_places


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
    _, channels, *window = (kernel.shape[axis] for axis in numbers["rhs_spec"])
    image = [equation.inputs[0].type.shape[axis] for axis in numbers["lhs_spec"]]
    config = [(0, 0, 0)] * 2 + pads(params["padding"], params["lhs_dilation"])
    size = equation.outputs[0].type.size * channels
    return positions_work(window, size) + HELD * math.prod(padded_shape(image, config))


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
    config = [(0, 0, 0)] * 2 + pads(params["padding"], params["lhs_dilation"])
    pad = padding(ArrayType(left.dtype, image), padded_shape(image, config), config, arithmetic)
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
        places = window_places(
            kernel[2:], extents, params["window_strides"], params["rhs_dilation"]
        )
        for number, place in enumerate(places):
            patch = _split_batch(grid[:, :, *place], split).reshape(regrouped)
            total = total + np.matmul(weights[..., number], patch)
        return np.transpose(total.reshape(batch, kernel[0], *extents), order).astype(stored)

    return call


def _split_batch(x: Array, groups: int) -> Array:
    """Batch groups moved in front of the channels."""
    if groups == 1:
        return x
    parts = x.reshape(groups, x.shape[0] // groups, *x.shape[1:])
    return np.moveaxis(parts, 0, 1)


RULES: dict[str, Rule] = {
    "conv_general_dilated": Rule(_prepare_conv, exact=True, work=_conv_work),
    "dot_general": Rule(_prepare_dot, exact=True, work=_dot_work),
}
