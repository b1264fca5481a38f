"""What a rubric should say: every opinion about the contents of problem.toml, as diagnostics.

The checks read the raw TOML and skip over values of the wrong type, which the schema reports: so
one mistake does not hide the others.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from graders.rubric import extent_names
from harness.problem import check_values
from harness.problem.check_values import check_choice, check_extent
from harness.problem.diagnostics import Diagnostics, Key, shown
from harness.problem.lenient import identifier, number, strings, table, tables, whole

LEVELS = ("easy", "medium", "hard")
# Packages beside JAX that the box lets submissions read.
EXTRAS = ("optax",)
STAGES = ("load", "trace", "run")
_SIZES = ("constant_size", "logarithmic_size")
_PRIMITIVE = re.compile(r"[a-z][a-z0-9_-]*")
_TAG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POSITIVE = {
    "points": ("correctness", "structure"),
    "limits": ("wall_seconds", "cpu_seconds", "memory_mib", "output_kib", "equations"),
}


def check(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    """Report every value of the right type that makes no sense."""
    arguments = {
        name: argument
        for _, argument in tables(raw, "arguments")
        if isinstance(name := argument.get("name"), str) and "static" not in argument
    }
    dimensions = list(table(raw, "dimensions"))
    _check_head(raw, diagnostics)
    _check_requires(raw, diagnostics)
    for index, name in strings(raw, "unused"):
        check_choice(("unused", index), name, arguments, "an argument", diagnostics)
    if raw.get("rate"):
        check_choice(("rate",), raw["rate"], arguments, "an argument", diagnostics)
    _check_dimensions(raw, diagnostics)
    _check_arguments(raw, diagnostics)
    check_values.check(raw, dimensions, diagnostics)
    _check_structure(raw, dimensions, arguments, diagnostics)
    _check_numbers(raw, diagnostics)
    _check_hints(raw, diagnostics)


def _check_head(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    for key in ("title", "summary"):
        text = raw.get(key)
        if isinstance(text, str) and (not text.strip() or "\n" in text):
            diagnostics.key((key,), f"expected one line of text, found {shown(text)}")
    _check_name(("entry",), raw.get("entry"), diagnostics)
    check_choice(("level",), raw.get("level"), LEVELS, "a level", diagnostics)
    for index, tag in strings(raw, "tags"):
        if not _TAG.fullmatch(tag):
            words = "expected lower-case words with dashes between them"
            diagnostics.key(("tags", index), f"{words}, found {shown(tag)}")


def _check_requires(raw: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    for index, name in strings(raw, "requires"):
        check_choice(("requires", index), name, EXTRAS, "a package", diagnostics)


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


def _check_structure(
    raw: Mapping[str, Any],
    dimensions: Iterable[str],
    arguments: Mapping[str, Mapping[str, Any]],
    diagnostics: Diagnostics,
) -> None:
    structure = table(raw, "structure")
    _check_scan(structure, dimensions, arguments, diagnostics)
    for part in ("arguments", "steps"):
        for index, name in strings(table(structure, "while"), part):
            place: Key = ("structure", "while", part, index)
            check_choice(place, name, arguments, "an argument", diagnostics)
    for kind in _SIZES:
        for index, name in strings(structure, kind):
            place = ("structure", kind, index)
            check_choice(place, name, dimensions, "a dimension", diagnostics)
    constant = [name for _, name in strings(structure, "constant_size")]
    for index, name in strings(structure, "logarithmic_size"):
        if name in constant:
            found = (
                f"expected a dimension that is not in constant_size, found {shown(name)} in both"
            )
            place = ("structure", "logarithmic_size", index)
            diagnostics.pair(place, ("structure", "constant_size"), found)
    if "largest" in structure:
        place = ("structure", "largest")
        check_extent(place, structure["largest"], dimensions, diagnostics)
    _check_primitives(structure, diagnostics)


def _check_scan(
    structure: Mapping[str, Any],
    dimensions: Iterable[str],
    arguments: Mapping[str, Mapping[str, Any]],
    diagnostics: Diagnostics,
) -> None:
    scan = table(structure, "scan")
    key = ("structure", "scan")
    check_choice((*key, "length"), scan.get("length"), dimensions, "a dimension", diagnostics)
    length = next((name for name in dimensions if name == scan.get("length")), "")
    for part in ("carry", "xs"):
        for index, name in strings(scan, part):
            check_choice((*key, part, index), name, arguments, "an argument", diagnostics)
    carried = {name for _, name in strings(scan, "carry")}
    for index, name in strings(scan, "xs"):
        if name in carried:
            found = f"expected an argument that is not carried, found {shown(name)} in both"
            diagnostics.pair((*key, "xs", index), (*key, "carry"), found)
        elif length and name in arguments:
            _check_rows((*key, "xs", index), arguments[name], length, diagnostics)
    sized = [name for kind in _SIZES for _, name in strings(structure, kind)]
    if scan.get("follow") is False and length and length not in sized:
        expected = f"expected {length} in constant_size too, or the carry's growth is not seen"
        diagnostics.key((*key, "follow"), expected)


def _check_rows(
    key: Key, argument: Mapping[str, Any], length: str, diagnostics: Diagnostics
) -> None:
    for _, value in check_values.contents(argument):
        shape = value.get("shape")
        if isinstance(shape, list):
            first = shape[0] if shape else 0
            if not isinstance(first, str) or length not in extent_names(first):
                expected = f"expected arrays of rows, with a first extent such as {length}"
                diagnostics.key(key, f"{expected}, found the shape {shown(shape)}")


def _check_primitives(structure: Mapping[str, Any], diagnostics: Diagnostics) -> None:
    lists: dict[Key, Mapping[str, Any]] = {
        ("required",): structure,
        ("forbidden",): structure,
        ("remat", "primitives"): table(structure, "remat"),
    }
    for key, owner in lists.items():
        for index, name in strings(owner, str(key[-1])):
            if not _PRIMITIVE.fullmatch(name):
                found = f"expected the name of a JAX primitive, found {shown(name)}"
                diagnostics.key(("structure", *key, index), found)
    required = {name for _, name in strings(structure, "required")}
    for index, name in strings(structure, "forbidden"):
        if name in required:
            found = f"expected a primitive that is not required, found {shown(name)} in both"
            place: Key = ("structure", "forbidden", index)
            diagnostics.pair(place, ("structure", "required"), found)


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
            check_choice((*key, "stage"), hint["stage"], STAGES, "a stage", diagnostics)


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
