"""What a rubric should say: every opinion about the contents of problem.toml, as diagnostics.

The checks read the raw TOML and skip over values of the wrong type, which the schema reports: so
one mistake does not hide the others.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from harness.problem.diagnostics import Diagnostics, Key, near, shown
from harness.problem.lenient import identifier, number, strings, table, tables, whole

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
LEVELS = ("easy", "medium", "hard")
STAGES = ("load", "trace", "run")
_POSITIVE = {
    "points": ("correctness", "structure"),
    "limits": ("wall_seconds", "cpu_seconds", "memory_mib", "output_kib", "equations"),
}


def check(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    """Report every value of the right type that makes no sense."""
    names = [argument.get("name") for _, argument in tables(raw, "arguments")]
    arguments = [name for name in names if isinstance(name, str)]
    dimensions = list(table(raw, "dimensions"))
    _check_head(raw, diagnostics)
    _check_dimensions(raw, diagnostics)
    _check_arguments(raw, diagnostics)
    _check_shapes(raw, dimensions, diagnostics)
    _check_structure(raw, dimensions, arguments, diagnostics)
    _check_numbers(raw, diagnostics)
    _check_hints(raw, diagnostics)


def _check_head(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    for key in ("title", "summary"):
        text = raw.get(key)
        if isinstance(text, str) and (not text.strip() or "\n" in text):
            diagnostics.key((key,), f"expected one line of text, found {shown(text)}")
    _check_name(("entry",), raw.get("entry"), diagnostics)
    _check_choice(("level",), raw.get("level"), LEVELS, "a level", diagnostics)


def _check_dimensions(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    dimensions = table(raw, "dimensions")
    for name in dimensions:
        key = ("dimensions", name)
        extents = table(dimensions, name)
        _check_name(key, name, diagnostics)
        low, high = extents.get("min"), extents.get("max")
        if whole(low) and low < 1:
            diagnostics.key((*key, "min"), f"expected at least 1, found {shown(low)}")
        if whole(low) and whole(high) and low > high:
            found = f"expected min <= max, found {shown(low)} > {shown(high)}"
            diagnostics.pair((*key, "min"), (*key, "max"), found)


def _check_arguments(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    if raw.get("arguments") == []:
        diagnostics.key(("arguments",), "expected at least one argument, found none")
    seen: set[str] = set()
    for index, argument in tables(raw, "arguments"):
        key = ("arguments", index)
        name = argument.get("name")
        _check_name((*key, "name"), name, diagnostics)
        if isinstance(name, str) and name in seen:
            found = f"expected each argument once, found {shown(name)} again"
            diagnostics.key((*key, "name"), found)
        elif isinstance(name, str):
            seen.add(name)
        _check_range((*key, "range"), argument, diagnostics)


def _check_range(key: Key, argument: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    values, dtype = argument.get("range"), argument.get("dtype")
    if not (isinstance(values, list) and len(values) == 2 and all(map(number, values))):
        return
    low, high = values
    if low > high:
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


def _check_shapes(
    raw: Mapping[str, Any], dimensions: Iterable[str], diagnostics: Diagnostics
) -> None:
    """The shapes and dtypes of arguments and result, and that every dimension occurs in one."""
    used: set[str] = set()
    arrays: list[tuple[Key, Mapping[str, Any]]] = [(("result",), table(raw, "result"))]
    arrays += [(("arguments", index), argument) for index, argument in tables(raw, "arguments")]
    for key, array in arrays:
        _check_choice((*key, "dtype"), array.get("dtype"), DTYPES, "a dtype", diagnostics)
        shape = array.get("shape")
        for axis, extent in enumerate(shape if isinstance(shape, list) else ()):
            place = (*key, "shape", axis)
            if isinstance(extent, str):
                _check_choice(place, extent, dimensions, "a dimension", diagnostics)
                if key != ("result",):
                    used.add(extent)
            elif whole(extent) and extent < 1:
                diagnostics.key(place, f"expected at least 1, found {shown(extent)}")
    for name in dimensions:
        if name not in used:
            expected = "expected a dimension of some argument, but no argument's shape names it"
            diagnostics.key(("dimensions", name), expected)


def _check_structure(
    raw: Mapping[str, Any],
    dimensions: Iterable[str],
    arguments: Iterable[str],
    diagnostics: Diagnostics,
) -> None:
    structure = table(raw, "structure")
    scan = table(structure, "scan")
    key = ("structure", "scan")
    _check_choice((*key, "length"), scan.get("length"), dimensions, "a dimension", diagnostics)
    for part in ("carry", "xs"):
        for index, name in strings(scan, part):
            _check_choice((*key, part, index), name, arguments, "an argument", diagnostics)
    carried = {name for _, name in strings(scan, "carry")}
    for index, name in strings(scan, "xs"):
        if name in carried:
            found = f"expected an argument that is not carried, found {shown(name)} in both"
            diagnostics.pair((*key, "xs", index), (*key, "carry"), found)
    for index, name in strings(structure, "constant_size"):
        place = ("structure", "constant_size", index)
        _check_choice(place, name, dimensions, "a dimension", diagnostics)


def _check_numbers(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    for section, keys in _POSITIVE.items():
        values = table(raw, section)
        for key in keys:
            value = values.get(key)
            if number(value) and value <= 0:
                diagnostics.key((section, key), f"expected more than 0, found {shown(value)}")
    batches, move = raw.get("batches"), raw.get("minimum_move")
    if whole(batches) and batches < 1:
        diagnostics.key(("batches",), f"expected at least 1, found {shown(batches)}")
    if number(move) and move < 0:
        diagnostics.key(("minimum_move",), f"expected 0 or more, found {shown(move)}")


def _check_hints(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    for index, hint in tables(raw, "hints"):
        key = ("hints", index)
        if hint.get("error") != "*":
            _check_name((*key, "error"), hint.get("error"), diagnostics)
        _check_name((*key, "code"), hint.get("code"), diagnostics)
        _check_pattern((*key, "match"), hint.get("match"), diagnostics)
        message = hint.get("message")
        if isinstance(message, str) and not message.strip():
            diagnostics.key((*key, "message"), "expected what to change, found nothing")
        if hint.get("stage"):
            _check_choice((*key, "stage"), hint["stage"], STAGES, "a stage", diagnostics)


def _check_pattern(key: Key, pattern: object, diagnostics: Diagnostics) -> None:
    if not isinstance(pattern, str):
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        diagnostics.key(key, f"expected a regular expression, found {shown(pattern)}: {error}")


def _check_name(key: Key, name: object, diagnostics: Diagnostics) -> None:
    if isinstance(name, str) and not identifier(name):
        diagnostics.key(key, f"expected an identifier, found {shown(name)}")


def _check_choice(
    key: Key, value: object, known: Iterable[str], what: str, diagnostics: Diagnostics
) -> None:
    names = list(known)
    if isinstance(value, str) and value not in names:
        choice = f"{what} ({', '.join(names)})" if names else f"{what}, and there is none"
        diagnostics.key(key, f"expected {choice}, found {shown(value)}", near(value, names))
