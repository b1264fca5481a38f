"""Reads a raw TOML mapping leniently: a value of another type than asked for counts as absent."""

from __future__ import annotations

import keyword
import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard


def identifier(name: str) -> bool:
    """Whether a string can name a Python variable."""
    return name.isidentifier() and not keyword.iskeyword(name)


def whole(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number; TOML's booleans are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number."""
    return whole(value) or (isinstance(value, float) and math.isfinite(value))


def table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The table under a key, or an empty one."""
    value = raw.get(key)
    return value if isinstance(value, dict) else {}


def tables(raw: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The tables of the list under a key, each with its index."""
    value = raw.get(key)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield index, item


def strings(raw: Mapping[str, Any], key: str) -> Iterator[tuple[int, str]]:
    """The strings of the list under a key, each with its index."""
    value = raw.get(key)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield index, item
