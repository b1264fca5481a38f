"""What undoes a slip where the way there is not a slip itself: something taken away or put back."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from graders.slips.spots import Rewrite, Spot, instead

_MOST_UNREAD = 4
_ZEROS_LIKE = ast.Attribute(ast.Name("jnp"), "zeros_like")


def without_sign(spot: Spot) -> Iterator[Rewrite]:
    """A sign taken away."""
    node = spot.node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not, ast.Invert)):
        yield instead(node, node.operand)


def without_part(spot: Spot) -> Iterator[Rewrite]:
    """All of an array in the place of some of it, and no reversal or transposition."""
    node = spot.node
    if isinstance(node, ast.Subscript) or (isinstance(node, ast.Attribute) and node.attr == "T"):
        yield instead(node, node.value)


def without_call(spot: Spot) -> Iterator[Rewrite]:
    """What a function is given first in the place of what it returns."""
    node = spot.node
    if isinstance(node, ast.Call) and 0 < len(node.args) < 3:
        yield instead(node, node.args[0])


def without_keyword(spot: Spot) -> Iterator[Rewrite]:
    """A call without one of its keywords."""
    node = spot.node
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            others = [other for other in node.keywords if other is not keyword]
            yield instead(node, ast.Call(node.func, node.args, others))


def other_branch(spot: Spot) -> Iterator[Rewrite]:
    """The two sides of a choice in each other's place."""
    node = spot.node
    if isinstance(node, ast.IfExp):
        yield instead(node, ast.IfExp(node.test, node.orelse, node.body))
    elif isinstance(node, ast.Call) and len(node.args) > 2:
        first, second, third, *others = node.args
        yield instead(node, ast.Call(node.func, [first, third, second, *others], node.keywords))


def other_start(spot: Spot) -> Iterator[Rewrite]:
    """Zeros in the place of what a loop begins with, or of a part of that."""
    node = spot.node
    name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Call) and name.endswith(("scan", "loop")) and len(node.args) > 1:
        start = node.args[1 if name.endswith("scan") else -1]
        for part in start.elts if isinstance(start, ast.Tuple) else [start]:
            yield instead(part, ast.Call(_ZEROS_LIKE, [part], []))


def scaled(spot: Spot) -> Iterator[Rewrite]:
    """What is added, subtracted, returned or differentiated, times a value or divided by one."""
    node, parent = spot.node, spot.parent
    sided = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Add, ast.Sub))
    if isinstance(node, (ast.Constant, ast.Tuple)) or not (
        sided or isinstance(parent, (ast.Return, ast.Tuple, ast.Lambda, ast.Assign))
    ):
        return
    for name in _near(spot):
        yield instead(node, ast.BinOp(node, ast.Mult(), ast.Name(name)))
        yield instead(node, ast.BinOp(node, ast.Div(), ast.Name(name)))


def added(spot: Spot) -> Iterator[Rewrite]:
    """A value added to what is assigned, put out or returned, or subtracted from it."""
    node, parent = spot.node, spot.parent
    if isinstance(parent, (ast.Return, ast.Tuple, ast.Assign, ast.Lambda)) and not isinstance(
        node, (ast.Tuple, ast.Constant)
    ):
        for name in _near(spot):
            yield instead(node, ast.BinOp(ast.Name(name), ast.Add(), node))
            yield instead(node, ast.BinOp(ast.Name(name), ast.Sub(), node))


def other_axis(spot: Spot) -> Iterator[Rewrite]:
    """The sum or mean of a call over the first axis, over the last, or over all."""
    node = spot.node
    if isinstance(node, ast.Call) and not node.keywords and len(node.args) == 1:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in ("sum", "mean", "max", "min", "prod", "cumsum", "argmax", "argmin"):
            for axis in (0, -1):
                keyword = ast.keyword("axis", ast.Constant(axis))
                yield instead(node, ast.Call(node.func, node.args, [keyword]))


def other_value(spot: Spot) -> Iterator[Rewrite]:
    """A value that has a name in the place of another, or of what is made to begin with."""
    node, parent = spot.node, spot.parent
    called = isinstance(parent, ast.Call) and parent.func is node
    begins = isinstance(node, ast.Call) and isinstance(parent, (ast.Call, ast.Tuple))
    if called or not (isinstance(node, ast.Name) or begins):
        return
    if isinstance(node, ast.Name) and node.id not in spot.names:
        return
    for name in _near(spot):
        if not (isinstance(node, ast.Name) and node.id == name):
            yield instead(node, ast.Name(name))


def other_expression(spot: Spot) -> Iterator[Rewrite]:
    """What is computed from a value elsewhere in the same function in the place of that value."""
    node = spot.node
    if isinstance(node, ast.Name) and not isinstance(spot.parent, ast.Call):
        for other in spot.computed:
            parts = (part for part in (other.left, other.right) if isinstance(part, ast.Name))
            if other is not spot.parent and any(part.id == node.id for part in parts):
                yield instead(node, other)


def _near(spot: Spot) -> tuple[str, ...]:
    """The names that may have been forgotten at a place; those that are read nowhere first."""
    return (*spot.unread[:_MOST_UNREAD], *spot.names)
