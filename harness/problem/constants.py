"""The numbers and names of a rubric that its statement can give without repeating them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from harness.problem.diagnostics import Diagnostics, Place, near, shown
from harness.problem.lenient import number, table, tables, whole

_WORDS = ("entry", "title")
# A comment is matched whole, so that nothing in it is looked up.
_TOKEN = re.compile(r"^<!--.*?-->[ \t]*\n*|<!--.*?-->|\{\{([^\n]*?)\}\}", re.DOTALL | re.MULTILINE)
_SHORT, _LONG = len("0.0625"), len("-0.000000001")  # characters of a decimal number
_LARGE = 1_000_000


def constants(raw: Mapping[str, Any]) -> dict[str, object]:
    """What `{{ name }}` stands for, by name; the value is anything where the rubric is wrong."""
    found: dict[str, object] = {word: raw.get(word) for word in _WORDS}
    found |= _settings(raw)
    for name in table(raw, "dimensions"):
        extents = table(table(raw, "dimensions"), name)
        found |= {f"{name}.{part}": extents.get(part) for part in ("min", "max")}
    for _, argument in tables(raw, "arguments"):
        values = argument.get("range")
        low, high = values if isinstance(values, list) and len(values) == 2 else (None, None)
        if isinstance(argument.get("name"), str):
            found |= {f"{argument['name']}.low": low, f"{argument['name']}.high": high}
    return found


def _settings(raw: Mapping[str, Any]) -> dict[str, object]:
    """The numbers that have a default, at top level and in tables."""
    from harness.problem import schema  # pydantic is slow to import, and not every command loads

    found: dict[str, object] = {}
    for key, field in schema.Document.model_fields.items():
        if isinstance(field.default, schema.Table):
            given = table(raw, key)
            defaults = field.default.model_dump()
            found |= {f"{key}.{k}": given.get(k, v) for k, v in defaults.items() if number(v)}
        elif number(field.default):
            found[key] = raw.get(key, field.default)
    return found


def expand(text: str, place: Place, known: Mapping[str, object], diagnostics: Diagnostics) -> str:
    """A text that starts at `place`, with its constants written out and its comments left out."""

    def replaced(match: re.Match[str]) -> str:
        if match[1] is None:
            return ""
        name = match[1].strip()
        if name in known:
            return written(known[name])
        line = (place.line or 1) + text.count("\n", 0, match.start())
        likely = near(name, known)
        choice = "" if likely else f" ({', '.join(known)})"
        message = f"expected a constant{choice}, found {shown(name)}"
        diagnostics.used(Place(place.file, line), message, likely)
        return ""

    return _TOKEN.sub(replaced, text)


def written(value: object) -> str:
    """A number as one would write it by hand, such as 1/256 instead of 0.00390625."""
    if isinstance(value, str):
        return value
    if not number(value):
        return ""
    if whole(value):
        return shown(value)
    plain = f"{Decimal(repr(value)):f}".removesuffix(".0")
    numerator, denominator = value.as_integer_ratio()
    if abs(numerator) == 1 and len(plain.lstrip("-")) > _SHORT and denominator < _LARGE:
        return f"{numerator}/{denominator}"
    return plain if len(plain) <= _LONG else repr(value)
