"""The contents of a problem.toml as a tree in which every value knows where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.problem.diagnostics import Key, Place


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place; tables are dicts of nodes, and lists are lists of nodes."""

    value: object
    place: Place

    @property
    def table(self) -> Mapping[str, Node]:
        """The nodes of a table; none for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> Sequence[Node]:
        """The nodes of a list; none for any other value."""
        return self.value if isinstance(self.value, list) else ()


def grow(
    value: object, file: Path, lines: Mapping[Key, int], key: Key = (), line: int | None = None
) -> Node:
    """The tree of a value read from a file, given the lines of its keys.

    What has no line of its own takes that of the table or list it belongs to.
    """
    place = Place(file, lines.get(key, line), key)
    if isinstance(value, dict):
        table = {k: grow(v, file, lines, (*key, k), place.line) for k, v in value.items()}
        return Node(table, place)
    if isinstance(value, list):
        items = enumerate(value)
        return Node([grow(v, file, lines, (*key, i), place.line) for i, v in items], place)
    return Node(value, place)


def plain(node: Node) -> Any:
    """The value without its places, as it was before it was grown."""
    if isinstance(node.value, dict):
        return {key: plain(inner) for key, inner in node.table.items()}
    if isinstance(node.value, list):
        return [plain(inner) for inner in node.items]
    return node.value


def places(node: Node, key: Key = ()) -> Iterator[tuple[Key, Place]]:
    """Every key path in a tree, with the place of what is there."""
    yield key, node.place
    for name, inner in node.table.items():
        yield from places(inner, (*key, name))
    for index, inner in enumerate(node.items):
        yield from places(inner, (*key, index))
