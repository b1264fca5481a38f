"""Draws the way of a carry, step by step, as SVG or PNG; needs the extra `plot`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from graders.verdict import Moment
from harness.errors import UsageError

FORMATS = ("svg", "png")
_LINES = 12


def draw(ways: Sequence[tuple[str, Sequence[Moment]]], title: str, form: str) -> bytes:
    """A picture with one panel for each titled way, in the form `svg` or `png`.

    Raises `UsageError` when matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError:
        raise UsageError(
            "pictures need matplotlib: install it with pip install 'jaxjudge[plot]'"
        ) from None
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "jaxjudge"}):
        figure = Figure(figsize=(4 * len(ways), 3), layout="constrained")
        figure.suptitle(title)
        for place, (name, way) in enumerate(ways, 1):
            axis = figure.add_subplot(1, len(ways), place)
            _panel(axis, name, way)
        picture = io.BytesIO()
        # Without a date the same numbers give the same file.
        metadata = {"Date": None} if form == "svg" else {}
        figure.savefig(picture, format=form, metadata=metadata)
    return picture.getvalue()


def _panel(axis: Any, name: str, way: Sequence[Moment]) -> None:
    from matplotlib.ticker import MaxNLocator

    steps = [moment.step for moment in way]
    left = _LINES
    for carried in way[0].expected:
        table = np.array([np.ravel(moment.expected[carried]) for moment in way], np.float64)
        for number, column in enumerate(table.T[:left]):
            axis.plot(steps, column, marker="o", label=carried if number == 0 else None)
        left -= min(left, table.shape[1])
    axis.set_title(name, fontsize="small")
    axis.set_xlabel("step")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.legend(fontsize="small")
    axis.grid(alpha=0.3)
