"""Does a carry go the way a loop goes? Compares the values that it takes, step by step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.jaxpr.model import Array
from graders.verdict import Finding

_POINTS_A_FACTOR = 3


def bearers(carries: Sequence[Sequence[Array]], wanted: Array) -> Array | None:
    """Which elements of a carry hold the wanted values, one row a step; None if none do.

    One holds it when it is an affine function of it (a weight kept negated, scaled or shifted), or
    when after every step some element is it (a history kept in a buffer).
    """
    own = elements(carries)
    marked = np.zeros(own.shape[1], bool)
    for path in wanted.T:
        found = _affine(own, path)
        if not found.any():
            found = _present(own, path)
        if not found.any():
            return None
        marked |= found
    return marked if own.shape[1] else None


def astray(carries: Sequence[Sequence[Array]], wanted: Array, what: str) -> Finding:
    """What to say of a carry that does not hold the wanted values: whether it holds some of them.

    Values that stand still are held by anything, and say nothing.
    """
    moving = [path[:, None] for path in wanted.T if np.ptp(path) > 0]
    if any(bearers(carries, path) is not None for path in moving):
        return Finding(
            "carry_incomplete",
            f"the scan carries {what}, but not every value that goes from step to step in this "
            "exercise: a part of the work is done elsewhere",
            "Put every value that a step takes over from the one before into the carry, and update "
            "each of them in the body.",
        )
    return Finding(
        "not_the_work",
        f"there is a scan, but its carry is not {what} going from step to step as the exercise "
        "asks: the work is done elsewhere",
        "Update the carry in the body, one step a row, and use what the scan returns.",
    )


def elements(carries: Sequence[Sequence[Array]]) -> Array:
    """The floating-point elements of a carry, one row a step."""
    rows = []
    for carry in carries:
        parts = [np.asarray(v, np.float64).reshape(-1) for v in carry if v.dtype.kind == "f"]
        rows.append(np.concatenate([*parts, np.zeros(0)]))
    return np.stack(rows)


def _affine(own: Array, path: Array) -> Array:
    low, high = int(np.argmin(path)), int(np.argmax(path))
    spread = path[high] - path[low]
    if not spread > 0:
        return np.ones(own.shape[1], bool)
    with np.errstate(all="ignore"):
        slope = (own[high] - own[low]) / spread
        fitted = own[low] + np.outer(path - path[low], slope)
        gap = np.max(np.abs(own - fitted), axis=0)
        extent = np.abs(own[high] - own[low])
        large = extent > 1e-6 * np.max(np.abs(own), axis=0)
        found: Array = large & (gap <= 1e-5 * extent)
        return found


def _present(own: Array, path: Array) -> Array:
    tolerance = 1e-6 * max(float(np.max(np.abs(path - path[0]))), 1e-6)
    hits = np.abs(own[1:] - path[1:, None]) <= tolerance
    found: Array = hits.any(axis=0) & hits.any(axis=1).all()
    return found


def combine(runs: Sequence[Array], paths: Sequence[Array]) -> bool:
    """Whether one affine function of a whole carry gives the wanted elements on every run.

    It does for a value kept in two parts, or with an update that is still to be made. Nothing is
    said, hence False, of a carry so large that a fit would be no evidence.
    """
    own, wanted = np.concatenate(runs), np.concatenate(paths)
    if not np.isfinite(own).all() or len(own) < _POINTS_A_FACTOR * (own.shape[1] + 1):
        return False
    table = np.column_stack([own, np.ones(len(own))])
    factors = np.linalg.lstsq(table, wanted, rcond=None)[0]
    gap = np.max(np.abs(table @ factors - wanted), axis=0)
    return bool(np.all(gap <= 1e-5 * np.ptp(wanted, axis=0)))
