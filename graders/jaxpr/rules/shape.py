"""Primitives that move elements without changing them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Array, ArrayType, Equation
from graders.jaxpr.rules.rule import Call, Rule, declare, plain, reads


def _prepare_broadcast(equation: Equation, arithmetic: Arithmetic) -> Call:
    shape = equation.outputs[0].type.shape
    dtype = arithmetic.storage(equation.outputs[0].type.dtype)
    source = equation.inputs[0].type
    interim = [1] * len(shape)
    for position, extent in zip(equation.params["broadcast_dimensions"], source.shape, strict=True):
        interim[position] = extent
    if source.shape and tuple(interim) == shape:
        return lambda x: x.reshape(shape)

    def call(x: Array) -> Array:
        out = np.empty(shape, dtype)
        out[...] = x.reshape(interim) if source.shape else x
        return out

    return call


def _prepare_reshape(equation: Equation, arithmetic: Arithmetic) -> Call:
    order = equation.params["dimensions"]
    if order is None:
        return _prepare_squeeze(equation, arithmetic)
    shape = equation.outputs[0].type.shape
    return lambda x: x.transpose(order).reshape(shape)


def _prepare_squeeze(equation: Equation, arithmetic: Arithmetic) -> Call:
    shape = equation.outputs[0].type.shape
    if equation.inputs[0].type.shape:
        return lambda x: x.reshape(shape)
    return lambda x: np.reshape(x, shape)


def _prepare_transpose(equation: Equation, arithmetic: Arithmetic) -> Call:
    permutation = equation.params["permutation"]
    return lambda x: np.transpose(x, permutation)


def _prepare_concatenate(equation: Equation, arithmetic: Arithmetic) -> Call:
    axis = equation.params["dimension"]
    declare(equation, reads(equation))
    return lambda *parts: np.concatenate(parts, axis)


def _prepare_stack(equation: Equation, arithmetic: Arithmetic) -> Call:
    axis = equation.params["axis"]
    declare(equation, reads(equation))
    return lambda *parts: np.stack(parts, axis)


def _prepare_unstack(equation: Equation, arithmetic: Arithmetic) -> Call:
    axis = equation.params["axis"]
    return lambda x: list(np.moveaxis(x, axis, 0))


def _prepare_split(equation: Equation, arithmetic: Arithmetic) -> Call:
    axis = equation.params["axis"]
    ends = np.cumsum(equation.params["sizes"])[:-1].tolist()
    return lambda x: np.split(x, ends, axis)


def _prepare_tile(equation: Equation, arithmetic: Arithmetic) -> Call:
    reps = equation.params["reps"]
    declare(equation, reads(equation) * math.prod(reps))
    return lambda x: np.tile(x, reps)


def _prepare_rev(equation: Equation, arithmetic: Arithmetic) -> Call:
    reverse = set(equation.params["dimensions"])
    rank = len(equation.inputs[0].type.shape)
    index = tuple(slice(None, None, -1 if axis in reverse else 1) for axis in range(rank))
    return lambda x: x[index]


def _prepare_slice(equation: Equation, arithmetic: Arithmetic) -> Call:
    params = equation.params
    strides = params["strides"] or (1,) * len(params["start_indices"])
    index = tuple(map(slice, params["start_indices"], params["limit_indices"], strides))
    return lambda x: x[index]


def _prepare_iota(equation: Equation, arithmetic: Arithmetic) -> Call:
    type = equation.outputs[0].type
    axis = equation.params["dimension"]
    line = np.arange(type.shape[axis]).reshape(
        [-1 if a == axis else 1 for a in range(len(type.shape))]
    )
    whole = np.broadcast_to(line, type.shape)
    counts = arithmetic.load(whole.astype(arithmetic.storage(type.dtype)), type)
    return lambda: counts


def _prepare_empty(equation: Equation, arithmetic: Arithmetic) -> Call:
    """What XLA fills a buffer with that nothing has been written to."""
    type = equation.outputs[0].type
    zeros = arithmetic.load(np.zeros(type.shape, arithmetic.storage(type.dtype)), type)
    return lambda: zeros


def _prepare_pad(equation: Equation, arithmetic: Arithmetic) -> Call:
    return padding(
        equation.inputs[0].type,
        equation.outputs[0].type.shape,
        equation.params["padding_config"],
        arithmetic,
    )


def padding(
    source: ArrayType,
    shape: tuple[int, ...],
    config: Sequence[tuple[int, int, int]],
    arithmetic: Arithmetic,
) -> Call:
    """A function of an array and a fill value: low, high and interior padding of each axis.

    Negative low and high padding removes elements.
    """
    dtype = arithmetic.storage(source.dtype)
    kept, placed = [], []
    for extent, out, (low, _, interior) in zip(source.shape, shape, config, strict=True):
        step = interior + 1
        first = max(0, -(low // step))
        last = min(extent, max(0, -((low - out) // step)))
        start = low + first * step
        kept.append(slice(first, max(first, last)))
        placed.append(slice(start, start + max(0, last - first) * step, step))
    take, put = tuple(kept), tuple(placed)
    if not shape:
        return lambda x, fill: x

    def call(x: Array, fill: Array) -> Array:
        out = np.empty(shape, dtype)
        out[...] = fill
        out[put] = x[take]
        return out

    return call


def _prepare_dynamic_slice(equation: Equation, arithmetic: Arithmetic) -> Call:
    window = _window(equation.inputs[0].type.shape, equation.params["slice_sizes"])
    return lambda x, *starts: x[window(starts)] if starts else x


def _prepare_dynamic_update(equation: Equation, arithmetic: Arithmetic) -> Call:
    window = _window(equation.inputs[0].type.shape, equation.inputs[1].type.shape)

    def call(x: Array, update: Array, *starts: Array) -> Array:
        if not starts:
            return update
        out = x.copy()
        out[window(starts)] = update
        return out

    return call


def _window(shape: Sequence[int], sizes: Sequence[int]) -> Call:
    """Slices of the given sizes; a start is moved so that its slice lies within the array."""
    limits = [(extent - size, size) for extent, size in zip(shape, sizes, strict=True)]

    def slices(starts: Sequence[Array]) -> tuple[slice, ...]:
        result = []
        for start, (limit, size) in zip(starts, limits, strict=True):
            first = min(max(int(start), 0), limit)
            result.append(slice(first, first + size))
        return tuple(result)

    return slices


def _identity(x: Array) -> Array:
    return x


def _identities(*values: Array) -> Sequence[Array]:
    return values


def _prepare_platform(equation: Equation, arithmetic: Arithmetic) -> Call:
    platforms = equation.params["platforms"]
    index = next(i for i, names in enumerate(platforms) if names is None or "cpu" in names)
    return lambda: np.int32(index)


RULES: dict[str, Rule] = {
    "broadcast_in_dim": Rule(_prepare_broadcast, exact=True),
    "concatenate": Rule(_prepare_concatenate, exact=True),
    "copy": plain(_identity, exact=True),
    "device_put": Rule(lambda equation, arithmetic: _identities, exact=True, several=True),
    "dynamic_slice": Rule(_prepare_dynamic_slice, exact=True),
    "dynamic_update_slice": Rule(_prepare_dynamic_update, exact=True),
    "empty": Rule(_prepare_empty, exact=True),
    "empty2": Rule(_prepare_empty, exact=True),
    "iota": Rule(_prepare_iota, exact=True),
    "name": plain(_identity, exact=True),
    "optimization_barrier": Rule(
        lambda equation, arithmetic: _identities, exact=True, several=True
    ),
    "pad": Rule(_prepare_pad, exact=True),
    "platform_index": Rule(_prepare_platform, exact=True),
    "reshape": Rule(_prepare_reshape, exact=True),
    "rev": Rule(_prepare_rev, exact=True),
    "sharding_constraint": plain(_identity, exact=True),
    "slice": Rule(_prepare_slice, exact=True),
    "split": Rule(_prepare_split, exact=True, several=True),
    "squeeze": Rule(_prepare_squeeze, exact=True),
    "stack": Rule(_prepare_stack, exact=True),
    "stop_gradient": plain(_identity, exact=True),
    "tile": Rule(_prepare_tile, exact=True),
    "transpose": Rule(_prepare_transpose, exact=True),
    "unstack": Rule(_prepare_unstack, exact=True, several=True),
}
