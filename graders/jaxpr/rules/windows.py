"""Windows that slide over an array: what stands in them, their sums and extremes, and gradients."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.jaxpr.arithmetic import NATIVE, Arithmetic
from graders.jaxpr.model import Array, ArrayType, Equation
from graders.jaxpr.rules.reduction import highest, lowest
from graders.jaxpr.rules.rule import Call, Rule
from graders.jaxpr.rules.shape import padding

# A padded grid is held beside the values that were accounted for, so it counts for more.
HELD = 8
# A position in the window is a step of Python, which takes as long as so many elements.
_POSITION = 256

Config = Sequence[tuple[int, int, int]]
Place = tuple[slice, ...]


def pads(padding: Any, dilation: Sequence[int]) -> list[tuple[int, int, int]]:
    """Low, high and interior padding of each axis."""
    return [(low, high, d - 1) for (low, high), d in zip(padding, dilation, strict=True)]


def padded_shape(shape: Sequence[int], config: Config) -> tuple[int, ...]:
    """The shape after low, high and interior padding of each axis."""
    return tuple(
        max(0, low + high + extent + max(0, extent - 1) * interior)
        for extent, (low, high, interior) in zip(shape, config, strict=True)
    )


def positions_work(window: Sequence[int], size: int) -> int:
    """The work of going through every position of a window, `size` elements at each."""
    return math.prod(max(1, extent) for extent in window) * (max(0, size) + _POSITION)


def window_places(
    window: Sequence[int], extents: Sequence[int], strides: Sequence[int], dilation: Sequence[int]
) -> Iterator[Place]:
    """For each position in a window, the elements that stand there in all windows."""
    if math.prod(extents) == 0:
        return
    for place in itertools.product(*map(range, window)):
        yield tuple(
            slice(p * d, p * d + (extent - 1) * stride + 1, stride)
            for p, d, extent, stride in zip(place, dilation, extents, strides, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows over one operand that an equation's parameters describe.

    `shape` is the operand's, `extents` how many windows there are along each axis.
    """

    shape: tuple[int, ...]
    extents: tuple[int, ...]
    window: tuple[int, ...]
    strides: tuple[int, ...]
    dilation: tuple[int, ...]
    config: Config

    @classmethod
    def of(cls, equation: Equation, shape: tuple[int, ...], extents: tuple[int, ...]) -> Windows:
        """Those of an equation; parameters it does not have dilate nothing."""
        params, plain = equation.params, (1,) * len(shape)
        return cls(
            shape,
            extents,
            params["window_dimensions"],
            params["window_strides"],
            params.get("window_dilation", plain),
            pads(params["padding"], params.get("base_dilation", plain)),
        )

    @property
    def work(self) -> int:
        """What it costs to go through them."""
        size = math.prod(self.extents)
        return positions_work(self.window, size) + HELD * math.prod(self.padded)

    @property
    def padded(self) -> tuple[int, ...]:
        """The shape of the operand with its padding."""
        return padded_shape(self.shape, self.config)

    def places(self) -> Iterator[Place]:
        """For each position in a window, the elements of the padded operand that stand there."""
        return window_places(self.window, self.extents, self.strides, self.dilation)

    def numbers(self) -> Iterator[Array]:
        """For each position in a window, the flat numbers of the elements that stand there.

        One for each window; -1 where that is padding.
        """
        size = math.prod(self.shape)
        type = ArrayType("int64", self.shape)
        pad = padding(type, self.padded, self.config, NATIVE)
        grid = pad(np.arange(size).reshape(self.shape), np.array(-1))
        for place in self.places():
            yield grid[place].reshape(-1)


def extended(x: Array, filling: object) -> Array:
    """An array laid flat with one more element, which number -1 is."""
    return np.concatenate([x.reshape(-1), np.asarray(filling, x.dtype).reshape(1)])


def _own(equation: Equation) -> Windows:
    return Windows.of(equation, equation.inputs[0].type.shape, equation.outputs[0].type.shape)


def window_work(equation: Equation) -> int:
    """The work of going through the windows over the first operand."""
    return _own(equation).work


def _window(ufunc: np.ufunc, neutral: Call) -> Rule:
    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        source, windows = equation.inputs[0].type, _own(equation)
        shape, dtype = equation.outputs[0].type.shape, arithmetic.storage(source.dtype)
        pad = padding(source, windows.padded, windows.config, arithmetic)
        fill = neutral(dtype) if any(map(any, windows.config)) or not source.shape else 0

        def call(x: Array) -> Array:
            grid = pad(x, fill)
            places = windows.places()
            first = next(places, None)
            if first is None:
                return np.zeros(shape, dtype)
            result: Array = grid[first].copy()
            for place in places:
                ufunc(result, grid[place], out=result)
            return result

        return call

    return Rule(prepare, exact=True, work=window_work)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which of two elements a window's extreme is: the first where it holds, else the second.

    `neutral` gives what padding counts for.
    """

    holds: np.ufunc
    neutral: Callable[[np.dtype[Any]], object]
    infinity: float

    def extended(self, x: Array) -> Array:
        kind = x.dtype.kind
        return extended(x, self.infinity if kind == "O" else self.neutral(x.dtype))

    def among(self, flat: Array, chosen: Array, numbers: Iterator[Array]) -> Array:
        """Numbers of the elements chosen in each window, beginning with those given."""
        for others in numbers:
            kept = self.holds(flat[chosen], flat[others]).astype(bool)
            chosen = np.where(kept, chosen, others)
        return chosen


_CHOICES = {
    "ge": _Choice(np.greater_equal, lowest, -np.inf),
    "le": _Choice(np.less_equal, highest, np.inf),
}


def _known(equation: Equation) -> bool:
    return equation.params["select_prim"] in _CHOICES


def _selecting(equation: Equation, extents: tuple[int, ...]) -> Windows:
    return Windows.of(equation, equation.inputs[1].type.shape, extents)


def _prepare_scatter(equation: Equation, arithmetic: Arithmetic) -> Call:
    """The gradient of a window's extreme: each window's number goes to the element it came from."""
    windows = _selecting(equation, equation.inputs[0].type.shape)
    choice = _CHOICES[equation.params["select_prim"]]
    storage = arithmetic.storage(equation.outputs[0].type.dtype)

    def call(source: Array, x: Array) -> Array:
        numbers = windows.numbers()
        first = next(numbers, np.full(source.size, -1))
        chosen = choice.among(choice.extended(x), first, numbers)
        sums = np.zeros(x.size + 1, storage)
        np.add.at(sums, chosen, source.reshape(-1))
        return sums[:-1].reshape(x.shape)

    return call


def _prepare_gather(equation: Equation, arithmetic: Arithmetic) -> Call:
    """The derivative along a direction of a window's extreme: that of the element it is."""
    shape = equation.outputs[0].type.shape
    windows = _selecting(equation, shape)
    choice = _CHOICES[equation.params["select_prim"]]

    def call(tangents: Array, x: Array) -> Array:
        nowhere = np.full(math.prod(shape), -1)
        chosen = choice.among(choice.extended(x), nowhere, windows.numbers())
        return extended(tangents, 0)[chosen].reshape(shape)

    return call


def _scatter_work(equation: Equation) -> int:
    return _selecting(equation, equation.inputs[0].type.shape).work


def _gather_work(equation: Equation) -> int:
    return _selecting(equation, equation.outputs[0].type.shape).work


RULES: dict[str, Rule] = {
    "reduce_window_max": _window(np.maximum, lowest),
    "reduce_window_min": _window(np.minimum, highest),
    "reduce_window_sum": _window(np.add, lambda dtype: 0),
    "select_and_gather_add": Rule(_prepare_gather, exact=True, work=_gather_work, covers=_known),
    "select_and_scatter_add": Rule(_prepare_scatter, exact=True, work=_scatter_work, covers=_known),
}
