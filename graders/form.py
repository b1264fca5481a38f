"""How the values of an argument or a result nest: containers whose leaves are numbered arrays.

A function's arguments and results are lists of leaves, in the order in which JAX flattens them; a
form says where each leaf stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.jaxpr.model import ArrayType, Leaf, Node, Tree


@dataclass(frozen=True, slots=True)
class Slot:
    """The leaf with this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Static:
    """A Python integer that is known while tracing: the size of a dimension."""

    dimension: str


@dataclass(frozen=True, slots=True)
class Container:
    """A `dict` (with its keys, sorted) or a `tuple` (whose keys are names for people only)."""

    kind: str
    keys: tuple[str, ...]
    children: tuple[Form, ...]


Form = Slot | Static | Container


def tree(form: Form, types: Sequence[ArrayType]) -> Tree:
    """The form as a tree of results, given the types of all leaves."""
    if isinstance(form, Container):
        keys = form.keys if form.kind == "dict" else ()
        return Node(form.kind, keys, tuple(tree(child, types) for child in form.children))
    if isinstance(form, Static):
        raise TypeError("a static integer is no result")
    return Leaf(types[form.number])


def filled(form: Form, values: Sequence[Any], sizes: Mapping[str, int]) -> Any:
    """The values in their places: dicts, and lists for tuples; static integers from `sizes`."""
    if isinstance(form, Slot):
        return values[form.number]
    if isinstance(form, Static):
        return sizes[form.dimension]
    children = [filled(child, values, sizes) for child in form.children]
    if form.kind == "dict":
        return dict(zip(form.keys, children, strict=True))
    return children


def written(form: Form, texts: Sequence[str]) -> str:
    """The form as one writes it in Python, with a text for each leaf."""
    if isinstance(form, Slot):
        return texts[form.number]
    if isinstance(form, Static):
        return form.dimension
    inner = [written(child, texts) for child in form.children]
    if form.kind == "dict":
        pairs = zip(form.keys, inner, strict=True)
        return "{" + ", ".join(f"{key!r}: {text}" for key, text in pairs) + "}"
    return f"({', '.join(inner)}{',' if len(inner) == 1 else ''})"


def plain(form: Form) -> Any:
    """The form as JSON values: a number, a dimension's name, or a kind with keys and children."""
    if isinstance(form, Slot):
        return form.number
    if isinstance(form, Static):
        return form.dimension
    return [form.kind, list(form.keys), [plain(child) for child in form.children]]
