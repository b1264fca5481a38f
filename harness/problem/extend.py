"""Merges a variant's rubric into that of the problem it extends.

Values are replaced and tables merged key by key; `[[arguments]]` are merged by name, and the
variant's `[[hints]]` come before those it takes over. Every value keeps the place it comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from harness.problem.diagnostics import Diagnostics, near, shown
from harness.problem.tree import Node, plain

KEYS = ("extends", "replace", "remove_arguments", "order")
STATEMENT = "statement"


def alone(own: Node, diagnostics: Diagnostics) -> Node:
    """The rubric of a package that extends nothing; reports keys that only a variant has."""
    for key in KEYS:
        if key in own.table:
            place = own.table[key].place
            diagnostics.at(place, "only a variant has this key: expected `extends` beside it")
    return Node(_without(own.table, KEYS), own.place)


def merge(base: Node, own: Node, diagnostics: Diagnostics) -> Node:
    """The rubric of a variant, given that of the problem it extends and its own problem.toml."""
    parts = [key for key, node in base.table.items() if isinstance(node.value, (dict, list))]
    replaced = _listed(own, "replace", (*parts, STATEMENT), "one of", diagnostics)
    merged = _without(base.table, replaced)
    removed = _listed(own, "remove_arguments", _names(merged), "an argument", diagnostics)
    if removed:
        kept = [node for node in merged["arguments"].items if _name(node) not in removed]
        merged["arguments"] = Node(kept, merged["arguments"].place)
    for key, node in _without(own.table, KEYS).items():
        join = _JOINED.get(key, _overlay)
        merged[key] = join(merged[key], node) if key in merged else node
    if "order" in own.table:
        _put_in_order(merged, own, diagnostics)
    return Node(merged, own.place)


def replaces_statement(own: Node) -> bool:
    """Whether nothing of the statement is taken over."""
    listed = own.table.get("replace")
    return listed is not None and any(item.value == STATEMENT for item in listed.items)


def _overlay(base: Node, own: Node) -> Node:
    if not (isinstance(base.value, dict) and isinstance(own.value, dict)):
        return own
    merged = dict(base.table)
    for key, node in own.table.items():
        merged[key] = _overlay(merged[key], node) if key in merged else node
    return Node(merged, own.place)


def _arguments(base: Node, own: Node) -> Node:
    """Arguments merged by name; those with a new name, or a name for the second time, come last."""
    if not isinstance(own.value, list):
        return own
    merged = list(base.items)
    positions = {_name(node): position for position, node in enumerate(merged)}
    for node in own.items:
        name = _name(node)
        position = None if name is None else positions.pop(name, None)
        if position is None:
            merged.append(node)
        else:
            merged[position] = _overlay(merged[position], node)
    return Node(merged, own.place)


def _hints(base: Node, own: Node) -> Node:
    return Node([*own.items, *base.items], own.place) if isinstance(own.value, list) else own


_JOINED = {"arguments": _arguments, "hints": _hints}


def _put_in_order(merged: dict[str, Node], own: Node, diagnostics: Diagnostics) -> None:
    names, order = _names(merged), own.table["order"]
    wanted = _listed(own, "order", names, "an argument", diagnostics)
    missing = [name for name in names if name not in wanted]
    if len(wanted) < len(order.items) or not isinstance(order.value, list):
        return
    if missing:
        expected = f"expected every argument, found no {' and no '.join(missing)}"
        diagnostics.at(order.place, expected)
    elif (arguments := merged.get("arguments")) and len(arguments.items) == len(names):
        by_name = {_name(node): node for node in arguments.items}
        merged["arguments"] = Node([by_name[name] for name in wanted], arguments.place)


def _listed(
    own: Node, key: str, known: Collection[str], what: str, diagnostics: Diagnostics
) -> list[str]:
    """The known names in a list of the variant's; reports everything else in it."""
    found: list[str] = []
    node = own.table.get(key)
    if node is not None and not isinstance(node.value, list):
        diagnostics.at(node.place, f"expected a list of names, found {shown(plain(node))}")
    for item in node.items if node is not None else ():
        name = item.value
        if not isinstance(name, str):
            diagnostics.at(item.place, f"expected a name, found {shown(plain(item))}")
        elif name not in known:
            choice = f"{what} ({', '.join(known)})" if known else f"{what}, and there is none"
            message = f"expected {choice}, found {shown(name)}"
            diagnostics.at(item.place, message, near(name, known))
        elif name in found:
            diagnostics.at(item.place, f"expected each name once, found {shown(name)} again")
        else:
            found.append(name)
    return found


def _names(rubric: Mapping[str, Node]) -> list[str]:
    return list(dict.fromkeys(_argument_names(rubric)))


def _argument_names(rubric: Mapping[str, Node]) -> Iterator[str]:
    arguments = rubric.get("arguments")
    for node in arguments.items if arguments is not None else ():
        if (name := _name(node)) is not None:
            yield name


def _name(argument: Node) -> str | None:
    name = argument.table.get("name")
    return name.value if name is not None and isinstance(name.value, str) else None


def _without(table: Mapping[str, Node], keys: Collection[str]) -> dict[str, Node]:
    return {key: node for key, node in table.items() if key not in keys}
