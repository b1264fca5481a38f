"""`gather` and the scatters: indexing by arrays of positions.

Definitions: gather and scatter in the StableHLO specification, and the out-of-bounds modes of
`jax.lax.GatherScatterMode`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic, NotExact, is_float
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call, Rule, declare, inverse, reads

_CLAMPED = {"clip", "promise_in_bounds"}
_CHECKED = {"fill_or_drop", "fill", "drop"}


@dataclass(frozen=True, slots=True)
class _Windows:
    """Where the windows of a gather or scatter lie in an operand of this `shape`.

    Index arrays have one axis for each batch axis of the positions, then one for each window axis.
    `mapped` are the operand axes the components of a position speak of, `batching` pairs operand
    axes with batch axes, `offsets` are positions within a window for the axes that have them.
    """

    shape: tuple[int, ...]
    sizes: tuple[int, ...]
    batch: tuple[int, ...]
    mapped: tuple[int, ...]
    batching: tuple[tuple[int, int], ...]
    window: tuple[int, ...]

    def limits(self) -> Array:
        """The largest start of a window along each mapped axis."""
        return np.array([self.shape[a] - self.sizes[a] for a in self.mapped], dtype=np.int64)

    def fixed(self) -> list[Array | int]:
        """What each operand axis is indexed with before the positions are added."""
        rank = len(self.batch) + len(self.window)
        parts: list[Array | int] = [0] * len(self.shape)
        for number, axis in enumerate(self.window):
            parts[axis] = _along(len(self.batch) + number, self.sizes[axis], rank)
        for axis, position in self.batching:
            parts[axis] = _along(position, self.batch[position], rank)
        return parts

    def full(self) -> tuple[int, ...]:
        """The shape of all windows together."""
        return (*self.batch, *(self.sizes[axis] for axis in self.window))

    def index(self) -> Call:
        """A function from starts, clamped or known to be good, to one index array per axis."""
        fixed, mapped, full = self.fixed(), self.mapped, self.full()
        ones = (1,) * len(self.window)

        def call(starts: Array) -> tuple[Array, ...]:
            parts = list(fixed)
            for number, axis in enumerate(mapped):
                component = starts[..., number]
                parts[axis] = component.reshape(component.shape + ones) + fixed[axis]
            return tuple(np.broadcast_to(part, full) for part in parts)

        return call


def _along(axis: int, extent: int, rank: int) -> Array:
    return np.arange(extent).reshape([extent if a == axis else 1 for a in range(rank)])


def _covers(equation: Equation) -> bool:
    """Whether the mode is known, and a scatter one that writes its updates."""
    return (
        equation.params["mode"] in _CLAMPED | _CHECKED
        and equation.params.get("update_jaxpr") is None
    )


def _prepare_gather(equation: Equation, arithmetic: Arithmetic) -> Call:
    numbers: Mapping[str, Any] = equation.params["dimension_numbers"]
    operand, indices = (atom.type.shape for atom in equation.inputs)
    batching = tuple(
        zip(numbers["operand_batching_dims"], numbers["start_indices_batching_dims"], strict=True)
    )
    removed = {*numbers["collapsed_slice_dims"], *numbers["operand_batching_dims"]}
    windows = _Windows(
        operand,
        equation.params["slice_sizes"],
        indices[:-1],
        numbers["start_index_map"],
        batching,
        tuple(axis for axis in range(len(operand)) if axis not in removed),
    )
    order = _interleaved(numbers["offset_dims"], len(equation.outputs[0].type.shape))
    declare(equation, math.prod(windows.full()))
    limits, index = windows.limits(), windows.index()
    checked = equation.params["mode"] in _CHECKED
    ones = (1,) * len(windows.window)
    fill = _fill_value(equation, arithmetic) if checked else None

    def call(x: Array, indices: Array) -> Array:
        starts = np.asarray(indices).astype(np.int64)
        inside = starts.clip(0, limits)
        taken = np.asarray(x)[index(inside)]
        if checked and (starts != inside).any():
            good = (starts == inside).all(-1)
            taken = np.where(good.reshape(good.shape + ones), taken, _defined(fill))
        return np.transpose(taken, order)

    return call


def _interleaved(windows: Sequence[int], rank: int) -> tuple[int, ...]:
    """The permutation from batch axes first to window axes at the given places."""
    batch = [axis for axis in range(rank) if axis not in windows]
    return inverse([*batch, *windows])


def _fill_value(equation: Equation, arithmetic: Arithmetic) -> object:
    given, dtype = equation.params["fill_value"], equation.outputs[0].type.dtype
    if given is not None:
        return None if arithmetic.exact and is_float(dtype) and not np.isfinite(given) else given
    storage = arithmetic.storage(dtype)
    if storage.kind in "iu":
        limits = np.iinfo(storage)  # type: ignore[type-var]
        return storage.type(limits.min if storage.kind == "i" else limits.max)
    if storage.kind == "b":
        return True
    return None if storage.kind == "O" else storage.type(np.nan)


def _defined(fill: object) -> Any:
    if fill is None:
        raise NotExact("an index out of bounds, which reads nan")
    return fill


def _scatter(combine: np.ufunc | None) -> Rule:
    """A scatter that replaces elements, or combines them with a ufunc in the order of updates."""

    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        windows, order = _scatter_windows(equation)
        limits, index = windows.limits(), windows.index()
        clip = equation.params["mode"] == "clip"

        def call(x: Array, indices: Array, updates: Array) -> Array:
            out = np.array(x)
            starts = np.asarray(indices).astype(np.int64)
            inside = starts.clip(0, limits)
            where = index(inside)
            values = np.transpose(updates, order)
            if not clip and (starts != inside).any():
                good = (starts == inside).all(-1)
                where = tuple(part[good] for part in where)
                values = values[good]
            if combine is None:
                out[where] = values if values.ndim else values[()]
            else:
                combine.at(out, where, values)
            return out

        return call

    return Rule(prepare, exact=True, work=reads, covers=_covers)


def _scatter_windows(equation: Equation) -> tuple[_Windows, tuple[int, ...]]:
    numbers: Mapping[str, Any] = equation.params["dimension_numbers"]
    operand, indices, updates = (atom.type.shape for atom in equation.inputs)
    removed = {*numbers["inserted_window_dims"], *numbers["operand_batching_dims"]}
    window = tuple(axis for axis in range(len(operand)) if axis not in removed)
    sizes = [1] * len(operand)
    for axis, place in zip(window, numbers["update_window_dims"], strict=True):
        sizes[axis] = updates[place]
    batching = tuple(
        zip(numbers["operand_batching_dims"], numbers["scatter_indices_batching_dims"], strict=True)
    )
    mapped = numbers["scatter_dims_to_operand_dims"]
    windows = _Windows(operand, tuple(sizes), indices[:-1], mapped, batching, window)
    order = _interleaved(numbers["update_window_dims"], len(updates))
    return windows, inverse(order)


RULES: dict[str, Rule] = {
    "gather": Rule(_prepare_gather, exact=True, work=reads, covers=_covers),
    "scatter": _scatter(None),
    "scatter-add": _scatter(np.add),
    "scatter-max": _scatter(np.maximum),
    "scatter-min": _scatter(np.minimum),
    "scatter-mul": _scatter(np.multiply),
    "scatter-sub": _scatter(np.subtract),
}
