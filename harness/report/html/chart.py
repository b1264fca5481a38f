"""Where the lines of a small chart go: one number that is carried, the reference's beside yours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.verdict import Moment
from harness.report import way
from harness.report.text import clean_line

WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 66, 14, 26, 40
PANELS = 4
_LABELS = 8
_APART = 14.0

Numbers = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis, and where it stands."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the `d` of an SVG path, and its points; numbers that are not finite are gaps."""

    path: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart; `parted` is where the two lines are first apart, None where they never are."""

    title: str
    steps: tuple[Tick, ...]
    values: tuple[Tick, ...]
    expected: Line
    got: Line
    parted: float | None


def panels(moments: Sequence[Moment]) -> tuple[Panel, ...]:
    """Charts of the numbers that differ most in the end; none where there is nothing to draw."""
    if not moments:
        return ()
    series = [each for name in way.names(moments[-1]) for each in _series(name, moments)]
    drawn = [each for each in series if any(value is not None for value in each[1] + each[2])]
    drawn.sort(key=lambda each: _difference(each[1][-1], each[2][-1]), reverse=True)
    return tuple(_panel(*each, moments) for each in drawn[:PANELS])


def _series(name: str, moments: Sequence[Moment]) -> Iterator[tuple[str, Numbers, Numbers]]:
    """The numbers carried under a name: a label, and both ways of it."""
    expected = [dict(_leaves(name, moment.expected.get(name))) for moment in moments]
    got = [dict(_leaves(name, moment.got.get(name))) for moment in moments]
    for label in expected[-1]:
        yield label, _along(label, expected), _along(label, got)


def _along(label: str, leaves: Sequence[Mapping[str, float | None]]) -> Numbers:
    return tuple(each.get(label) for each in leaves)


def _leaves(label: str, value: Any) -> Iterator[tuple[str, float | None]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(f"{label}.{key}", item)
    elif isinstance(value, (list, tuple)):
        for place, item in enumerate(value):
            yield from _leaves(f"{label}[{place}]", item)
    else:
        yield clean_line(label), _finite(value)


def _finite(value: Any) -> float | None:
    if not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _difference(expected: float | None, got: float | None) -> float:
    if expected is None or got is None:
        return 0.0 if expected is got else math.inf
    return abs(expected / 2 - got / 2)


def _panel(title: str, expected: Numbers, got: Numbers, moments: Sequence[Moment]) -> Panel:
    across = [_across(place, len(moments)) for place in range(len(moments))]
    found = [value for value in expected + got if value is not None]
    low, high = min(found), max(found)
    every = math.ceil(len(moments) / _LABELS)
    steps = tuple(Tick(across[n], str(moments[n].step)) for n in range(0, len(moments), every))
    return Panel(
        title,
        steps,
        tuple(_values(low, high)),
        _line(across, expected, low, high),
        _line(across, got, low, high),
        None if moments[-1].same else across[-1],
    )


def _values(low: float, high: float) -> Iterator[Tick]:
    """The least and the largest number, and zero where there is room for it between them."""
    for value in dict.fromkeys((low, high)):
        yield Tick(_up(value, low, high), f"{value:.5g}")
    zero = _up(0.0, low, high) if low < 0 < high else 0.0
    if TOP + _APART < zero < HEIGHT - BOTTOM - _APART:
        yield Tick(zero, "0")


def _line(across: Sequence[float], values: Numbers, low: float, high: float) -> Line:
    places = [
        None if value is None else (x, _up(value, low, high))
        for x, value in zip(across, values, strict=True)
    ]
    path = ""
    for before, place in zip([None, *places], places, strict=False):
        if place is not None:
            path += f"{'L' if before else 'M'}{place[0]:g} {place[1]:g}"
    return Line(path, tuple(place for place in places if place is not None))


def _across(place: int, count: int) -> float:
    room = WIDTH - LEFT - RIGHT
    share = place / (count - 1) if count > 1 else 0.5
    return round(LEFT + room * share, 1)


def _up(value: float, low: float, high: float) -> float:
    # Halves, because the difference of two finite numbers may not be one.
    share = (value / 2 - low / 2) / (high / 2 - low / 2) if high / 2 > low / 2 else 0.5
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)
