"""Compare a result with the reference's: structure first, then shape and dtype, then values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graders.jaxpr.model import Array, ArrayType, Leaf, Node, Tree, leaves


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A result that is not what was asked for: `code` is structure, shape, dtype or value."""

    code: str
    message: str


def compare_type(expected: Tree, found: Tree, names: Sequence[str] = ("",)) -> Mismatch | None:
    """Whether a result has the expected containers, shapes and dtypes; weak types are accepted.

    `names` are those of the leaves.
    """
    if _skeleton(expected) != _skeleton(found):
        return Mismatch("structure", f"expected {_described(expected)}, got {_described(found)}")
    for name, wanted, got in zip(names, leaves(expected), leaves(found), strict=True):
        mismatch = _compare_leaf(wanted, got, f" for {name}" if name else "")
        if mismatch is not None:
            return mismatch
    return None


def _skeleton(tree: Tree) -> object:
    if isinstance(tree, Leaf):
        return None
    return tree.kind, tree.keys, tuple(map(_skeleton, tree.children))


def _described(tree: Tree) -> str:
    if isinstance(tree, Leaf):
        return f"one array {tree}"
    return "nothing" if tree == _NOTHING else f"a {tree.kind} of {len(tree.children)}: {tree}"


def _compare_leaf(expected: ArrayType, found: ArrayType, where: str) -> Mismatch | None:
    if found.shape != expected.shape:
        message = f"expected shape {_shape(expected)}{where}, got {_shape(found)}"
        return Mismatch("shape", f"{message}: {expected} against {found}")
    if found.dtype != expected.dtype:
        return Mismatch("dtype", f"expected dtype {expected.dtype}{where}, got {found.dtype}")
    return None


_NOTHING = Node("none", (), ())


def _shape(type: ArrayType) -> str:
    return "() (a scalar)" if not type.shape else str(type.shape)


def close(expected: Array, found: Array, tolerance: float) -> bool:
    """Whether every element is finite and within an absolute tolerance.

    Never for nothing, for another shape, for another kind of number, or for complex numbers.
    """
    if expected.shape != found.shape or expected.size == 0:
        return False
    if not any(expected.dtype.kind in kinds and found.dtype.kind in kinds for kinds in _KINDS):
        return False
    if expected.dtype.kind != "f":
        return bool(np.array_equal(expected, found))
    with np.errstate(all="ignore"):
        gap = np.abs(np.asarray(found, np.float64) - np.asarray(expected, np.float64))
    return bool(np.all(np.isfinite(gap)) and np.all(gap <= tolerance))


_KINDS = ("b", "iu", "f")


def scale(expected: Array, start: Array | None) -> float:
    """How far a result moved from its start, or its largest magnitude when it has none."""
    values = np.asarray(expected, np.float64)
    if values.size == 0:
        return 0.0
    origin = 0.0 if start is None or start.shape != values.shape else np.asarray(start, np.float64)
    return float(np.max(np.abs(values - origin)))


def text(value: Array | Sequence[float]) -> str:
    """Numbers as a learner reads them: seven significant digits, no needless zeros."""
    array = np.asarray(value)
    if array.ndim == 0:
        return _number(array[()])
    return np.array2string(array, precision=7, separator=", ", threshold=40, edgeitems=4)


def _number(value: object) -> str:
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.7g}"
    return str(value)
