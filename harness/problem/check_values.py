"""What the arguments and the result of a problem should say: shapes, dtypes, ranges, containers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from graders.rubric import EXTENT, extent_names
from harness.problem.diagnostics import Diagnostics, Key, near, shown
from harness.problem.lenient import identifier, number, table, tables, whole

KEY_DTYPE = "key"
DTYPES = (
    "float32",
    "float16",
    "int32",
    "int16",
    "int8",
    "uint32",
    "uint16",
    "uint8",
    "bool",
)
_KINDS = {
    "shape": "an array (shape, dtype, range)",
    "static": "a static integer (static)",
    "fields": "a dict (fields)",
    "items": "a tuple (items)",
}
_DEEPEST = 4
_DEEPEST_PATH = 2 * _DEEPEST  # what a container is called, and which of its values
Value = tuple[Key, Mapping[str, Any]]


def check(raw: Mapping[str, Any], dimensions: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report what is wrong with arguments and result, and dimensions that no argument has."""
    names = list(dimensions)
    found: list[Mapping[str, Any]] = []
    for index, argument in tables(raw, "arguments"):
        for path, value in contents(argument):
            key: Key = ("arguments", index, *path)
            _check_kind(key, value, ("shape", "static", "fields", "items"), diagnostics)
            _check_contents(key, value, len(path) == _DEEPEST_PATH, diagnostics)
            _check_array(key, value, names, (*DTYPES, KEY_DTYPE), diagnostics)
            _check_range((*key, "range"), value, diagnostics)
            check_choice((*key, "static"), value.get("static"), names, "a dimension", diagnostics)
            found.append(value)
    if "result" in raw:
        for path, value in contents(table(raw, "result")):
            key = ("result", *path)
            _check_kind(key, value, ("shape", "fields", "items"), diagnostics)
            _check_contents(key, value, len(path) == _DEEPEST_PATH, diagnostics)
            _check_array(key, value, names, DTYPES, diagnostics)
    _check_whole(found, names, diagnostics)


def contents(value: Mapping[str, Any]) -> Iterator[Value]:
    """A value and all it contains as far as they are tables, each with its path; not too deep."""
    waiting: list[Value] = [((), value)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) < _DEEPEST_PATH:
            fields = table(value, "fields")
            waiting.extend(((*path, "fields", name), table(fields, name)) for name in fields)
            waiting.extend(
                ((*path, "items", index), item) for index, item in tables(value, "items")
            )


def check_choice(
    key: Key, value: object, known: Iterable[str], what: str, diagnostics: Diagnostics
) -> None:
    """Report a text that is none of the known names."""
    names = list(known)
    if isinstance(value, str) and value not in names:
        choice = f"{what} ({', '.join(names)})" if names else f"{what}, and there is none"
        diagnostics.key(key, f"expected {choice}, found {shown(value)}", near(value, names))


def check_extent(
    key: Key, extent: object, dimensions: Iterable[str], diagnostics: Diagnostics
) -> None:
    """Report an extent that is no positive number, and no sum of products of dimensions."""
    if whole(extent) and extent < 1:
        diagnostics.key(key, f"expected at least 1, found {shown(extent)}")
    elif isinstance(extent, str):
        if not EXTENT.fullmatch(extent):
            expected = "expected dimensions and numbers of at least 1 with + and *, such as N+1"
            diagnostics.key(key, f"{expected}, found {shown(extent)}")
            return
        for name in extent_names(extent):
            check_choice(key, name, dimensions, "a dimension", diagnostics)


def _check_kind(
    key: Key, value: Mapping[str, Any], kinds: tuple[str, ...], diagnostics: Diagnostics
) -> None:
    found = [name for name in kinds if name in value]
    if len(found) > 1 or (not found and not {"dtype", "range"} & value.keys()):
        expected = " or ".join(_KINDS[name] for name in kinds)
        what = f"{' and '.join(found)} together" if found else "none of them"
        diagnostics.key(key, f"expected {expected}, found {what}")
    elif found in ([], ["shape"]):
        ranged = kinds[1:2] == ("static",) and value.get("dtype") not in (KEY_DTYPE, "bool")
        for name in ("shape", "dtype", *(["range"] if ranged else [])):
            if name not in value:
                diagnostics.key((*key, name), "this key is required and missing")
    else:
        for name in sorted({"dtype", "range"} & value.keys()):
            diagnostics.key((*key, name), f"expected only with shape, found beside {found[0]}")


def _check_contents(
    key: Key, value: Mapping[str, Any], deepest: bool, diagnostics: Diagnostics
) -> None:
    for kind in ("fields", "items"):
        if kind in value and not value[kind]:
            diagnostics.key((*key, kind), "expected at least one value, found none")
        elif kind in value and deepest:
            diagnostics.key((*key, kind), f"expected containers at most {_DEEPEST} deep")
    for name in table(value, "fields"):
        if not identifier(name):
            found = f"expected an identifier, found {shown(name)}"
            diagnostics.key((*key, "fields", name), found)
    names = [str(item.get("name") or index) for index, item in tables(value, "items")]
    for index, name in enumerate(names):
        if name in names[:index]:
            found = f"expected each name once, found {shown(name)} again"
            diagnostics.key((*key, "items", index, "name"), found)


def _check_array(
    key: Key,
    value: Mapping[str, Any],
    dimensions: list[str],
    dtypes: tuple[str, ...],
    diagnostics: Diagnostics,
) -> None:
    check_choice((*key, "dtype"), value.get("dtype"), dtypes, "a dtype", diagnostics)
    shape = value.get("shape")
    for axis, extent in enumerate(shape if isinstance(shape, list) else ()):
        check_extent((*key, "shape", axis), extent, dimensions, diagnostics)


def _check_whole(
    values: Sequence[Mapping[str, Any]], dimensions: Iterable[str], diagnostics: Diagnostics
) -> None:
    """Report arguments that hold no array, and dimensions that none of them has."""
    leaves = [value for value in values if not {"fields", "items"} & value.keys()]
    if leaves and all("static" in value for value in leaves):
        found = "expected at least one array, found static integers only"
        diagnostics.key(("arguments",), found)
    used = {name for value in values for name in _dimensions(value)}
    for name in dimensions:
        if name not in used:
            expected = "expected a dimension of some argument, but no argument's shape names it"
            diagnostics.key(("dimensions", name), expected)


def _dimensions(value: Mapping[str, Any]) -> Iterator[str]:
    shape = value.get("shape")
    for extent in shape if isinstance(shape, list) else ():
        if isinstance(extent, str):
            yield from extent_names(extent)
    if isinstance(value.get("static"), str):
        yield value["static"]


def _check_range(key: Key, argument: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    values, dtype = argument.get("range"), argument.get("dtype")
    if not (isinstance(values, list) and len(values) == 2 and all(map(number, values))):
        return
    low, high = values
    if dtype == KEY_DTYPE:
        diagnostics.key(key, "expected no range for a random key")
    elif low > high:
        diagnostics.key(key, f"expected low <= high, found {shown(low)} > {shown(high)}")
    elif dtype in DTYPES:
        least, most = _bounds(dtype)
        if low < least or high > most:
            expected = f"expected values that {dtype} holds, {least:g} to {most:g}"
            diagnostics.key(key, f"{expected}, found {shown(values)}")
        elif not dtype.startswith("float") and any(value != int(value) for value in values):
            diagnostics.key(key, f"expected whole numbers for {dtype}, found {shown(values)}")


def _bounds(dtype: str) -> tuple[float, float]:
    if dtype == "bool":
        return 0, 1
    info = np.finfo(dtype) if dtype.startswith("float") else np.iinfo(dtype)
    return float(info.min), float(info.max)
