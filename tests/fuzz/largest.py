"""Programs of any length, made of what takes the most memory or time for its length."""

from __future__ import annotations

_HEAD = '{"version":1,"types":[["float32",[],false]],'
_PROGRAM = '"programs":[{"i":[0],"c":[%s],"e":[%s],"o":[0%s]}],"root":0}'
_EQUATION = '["",[%s],[%s],{"a":[%s]},null]'

# What a place in the document is filled with.
LARGEST: dict[str, tuple[str, str]] = {
    "ignored lists": (_HEAD + '"x":[%s],' + _PROGRAM % ("", "", ""), "[[]]"),
    "constants": (_HEAD + _PROGRAM % ("%s", "", ""), "[0,0,4]"),
    "results": (_HEAD + _PROGRAM % ("", "", ",%s"), "[0,0,4]"),
    "variables": (_HEAD + _PROGRAM % ("", _EQUATION % ("", "%s", ""), ""), "0"),
    "lists in parameters": (
        _HEAD + _PROGRAM % ("", _EQUATION % ("", "", "%s"), ""),
        "[[[[[[[]]]]]]]",
    ),
    "mappings in parameters": (
        _HEAD + _PROGRAM % ("", _EQUATION % ("", "", "%s"), ""),
        '{"m":{"":1}}',
    ),
}


def largest(name: str, length: int) -> bytes:
    """The bytes of a program that can be decoded, with so many bytes of JSON."""
    document, unit = LARGEST[name]
    count = (length - len(document)) // (len(unit) + 1)
    head = (document % ",".join([unit] * count)).encode()
    return len(head).to_bytes(4, "big") + head + bytes(4)
