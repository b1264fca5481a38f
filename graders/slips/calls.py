"""Slips in calls: another function, none at all, arguments in each other's place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from graders.slips.spots import Rewrite, Spot, instead, quoted, within

_SIBLINGS = {
    "sum": ("jnp.mean", "jnp.max", "jnp.min", "jnp.prod"),
    "mean": ("jnp.sum", "jnp.max"),
    "zeros_like": ("jnp.ones_like",),
    "ones_like": ("jnp.zeros_like",),
    "zeros": ("jnp.ones",),
    "minimum": ("jnp.maximum",),
    "maximum": ("jnp.minimum",),
    "sqrt": ("jnp.square", "jnp.abs"),
    "tanh": ("jnp.sin", "jnp.tan", "jax.nn.sigmoid", "jax.nn.relu", "jnp.exp"),
    "relu": ("jnp.abs", "jnp.square", "jax.nn.softplus", "jax.nn.sigmoid", "jax.nn.relu6"),
    "normal": ("jax.random.uniform", "jax.random.laplace", "jax.random.exponential"),
    "add": ("jnp.subtract", "jnp.multiply"),
}
_COMMON = {("sum", "jnp.mean"), ("mean", "jnp.sum")}
_REMOVED = frozenset("sqrt tanh relu abs exp log square clip".split())


def other_function(spot: Spot) -> Iterator[Rewrite]:
    """A function for its sibling, such as a mean for a sum."""
    node = spot.node
    name = _name(node)
    for sibling in _SIBLINGS.get(name, ()):
        words = f"`{sibling}` in the place of `{ast.unparse(node)}`"
        yield Rewrite(node, sibling, words, (name, sibling) in _COMMON)


def without_function(spot: Spot) -> Iterator[Rewrite]:
    """A call left out: what it is given first for what it gives."""
    node = spot.node
    if isinstance(node, ast.Call) and _name(node.func) in _REMOVED and node.args:
        words = f"`{ast.unparse(node.func)}` is missing"
        yield Rewrite(node, ast.unparse(node.args[0]), words)


def other_start(spot: Spot) -> Iterator[Rewrite]:
    """What zeros are like, in their place."""
    node = spot.node
    if isinstance(node, ast.Call) and _name(node.func) in ("zeros_like", "ones_like"):
        yield instead(node, node.args[0])


def other_direction(spot: Spot) -> Iterator[Rewrite]:
    """A scan from the other end."""
    node = spot.node
    if isinstance(node, ast.Call) and _name(node.func) in ("scan", "associative_scan"):
        others = [keyword for keyword in node.keywords if keyword.arg != "reverse"]
        flag = ast.keyword("reverse", ast.Constant(len(others) == len(node.keywords)))
        new = ast.Call(node.func, node.args, [*others, flag])
        yield Rewrite(node, ast.unparse(new), "the scan runs from the other end", True)


def swapped_arguments(spot: Spot) -> Iterator[Rewrite]:
    """Two neighbours among what a call is given, or in a tuple, in each other's place."""
    node = spot.node
    items = node.args if isinstance(node, ast.Call) else []
    if isinstance(node, ast.Tuple):
        items = node.elts
    for first in range(len(items) - 1):
        left, right = items[first : first + 2]
        order = [*items[:first], right, left, *items[first + 2 :]]
        text = ast.unparse(
            ast.Call(node.func, order, node.keywords)
            if isinstance(node, ast.Call)
            else ast.Tuple(order, ast.Load())
        )
        if isinstance(left, ast.Name) and isinstance(right, ast.Name) and left.id != right.id:
            words = f"{quoted(left)} and {quoted(right)} in each other's place"
            yield Rewrite(node, text, words)


def other_name(spot: Spot) -> Iterator[Rewrite]:
    """Another value that has a name, such as an old one for a new one."""
    node, parent = spot.node, spot.parent
    called = isinstance(parent, ast.Call) and parent.func is node
    if isinstance(node, ast.Name) and node.id in spot.names and not called:
        for name in spot.names:
            if name != node.id:
                new = ast.Name(name)
                place = within(parent, node, new)
                told = f", as in {quoted(place)}" if place is not new else ""
                yield Rewrite(node, name, f"`{name}` in the place of `{node.id}`{told}")


def _name(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else ""
