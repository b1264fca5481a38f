"""Slips in arithmetic: a wrong sign, a factor forgotten or there twice, sides turned round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from graders.slips.spots import Rewrite, Spot, instead, quoted, within

_OTHERS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_ORDERED = (ast.Sub, ast.Div, ast.Pow, ast.MatMult)
_BOUNDED = ("minimum", "maximum", "loop", "range", "clip")


def other_operator(spot: Spot) -> Iterator[Rewrite]:
    """One of +, -, *, /, ** for another, and so with comparisons."""
    node = spot.node
    if isinstance(node, ast.BinOp):
        for other in _OTHERS.get(type(node.op), ()):
            new = ast.BinOp(node.left, other(), node.right)
            words = f"`{_SIGNS[other]}` in the place of `{_SIGNS[type(node.op)]}`"
            common = {other, type(node.op)} == {ast.Add, ast.Sub}
            yield Rewrite(node, ast.unparse(new), f"{words} in {quoted(new)}", common)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for comparison in _COMPARED.get(type(node.ops[0]), ()):
            changed = ast.Compare(node.left, [comparison()], node.comparators)
            yield Rewrite(node, ast.unparse(changed), f"{quoted(changed)} is compared")


def dropped_side(spot: Spot) -> Iterator[Rewrite]:
    """One side of an operation left out."""
    node = spot.node
    if isinstance(node, ast.BinOp):
        for kept, lost in ((node.left, node.right), (node.right, node.left)):
            yield Rewrite(node, ast.unparse(kept), _lost(node, lost), _forgotten(node, lost))


def _forgotten(node: ast.BinOp, lost: ast.expr) -> bool:
    """Whether a side is forgotten often: a plain factor or term."""
    plain = not any(isinstance(part, (ast.Call, ast.BinOp)) for part in ast.walk(lost))
    return plain and isinstance(node.op, (ast.Add, ast.Mult))


def _lost(node: ast.BinOp, lost: ast.expr) -> str:
    text = quoted(lost)
    if isinstance(node.op, (ast.Mult, ast.MatMult)):
        return f"the factor {text} is missing"
    if isinstance(node.op, ast.Add):
        return f"the term {text} is missing"
    if lost is node.left:
        return f"only {quoted(node.right)} is left of {quoted(node)}"
    kinds = {ast.Sub: "subtraction of", ast.Div: "division by", ast.Pow: "power"}
    return f"the {kinds.get(type(node.op), 'operation with')} {text} is missing"


def turned_round(spot: Spot) -> Iterator[Rewrite]:
    """The two sides of what does not commute in each other's place."""
    node = spot.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, _ORDERED):
        new = ast.BinOp(node.right, node.op, node.left)
        words = f"the two sides of {quoted(node)} in each other's place"
        yield Rewrite(node, ast.unparse(new), words, isinstance(node.op, ast.MatMult))


def regrouped(spot: Spot) -> Iterator[Rewrite]:
    """A function of a result for the result of a function, and other parentheses."""
    node = spot.node
    if isinstance(node, ast.BinOp):
        left, right = node.left, node.right
        if isinstance(left, ast.Call) and len(left.args) == 1:
            inner = ast.BinOp(left.args[0], node.op, right)
            yield instead(node, ast.Call(left.func, [inner], left.keywords))
        if isinstance(left, ast.BinOp) and type(left.op) is not type(node.op):
            inner = ast.BinOp(left.right, node.op, right)
            yield instead(node, ast.BinOp(left.left, left.op, inner))
        if isinstance(right, ast.BinOp) and type(right.op) is not type(node.op):
            inner = ast.BinOp(left, node.op, right.left)
            yield instead(node, ast.BinOp(inner, right.op, right.right))
    elif isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.BinOp):
        whole = node.args[0]
        outer = ast.Call(node.func, [whole.left], node.keywords)
        yield instead(node, ast.BinOp(outer, whole.op, whole.right))


def other_share(spot: Spot) -> Iterator[Rewrite]:
    """What has a name squared, divided by, or what is left of it to 1."""
    node, parent = spot.node, spot.parent
    if not (isinstance(node, ast.Name) and isinstance(parent, ast.BinOp)):
        return
    if not isinstance(parent.op, ast.MatMult):
        yield instead(node, ast.BinOp(node, ast.Mult(), node))
    if isinstance(parent.op, ast.Mult):
        yield instead(node, ast.BinOp(ast.Constant(1), ast.Sub(), node))
        if node is parent.left:
            yield instead(parent, ast.BinOp(parent.right, ast.Div(), node))


def other_amount(spot: Spot) -> Iterator[Rewrite]:
    """Twice or half of what is added, subtracted or put out, its opposite or its reverse.

    Only halves are common, so that no two slips of a pair make up for each other.
    """
    node, parent = spot.node, spot.parent
    side = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Add, ast.Sub))
    returned = isinstance(parent, ast.Return)
    put_out = returned or isinstance(parent, ast.Tuple)
    if isinstance(node, (ast.Constant, ast.Tuple, ast.Dict)) or not (side or put_out):
        return
    two = ast.Constant(2)
    yield instead(node, ast.BinOp(node, ast.Div(), two), returned)
    yield instead(node, ast.BinOp(two, ast.Mult(), node))
    if put_out:
        yield instead(node, ast.UnaryOp(ast.USub(), node))
    if returned:
        yield instead(node, ast.Subscript(node, ast.Slice(step=ast.Constant(-1)), ast.Load()))


def off_by_one(spot: Spot) -> Iterator[Rewrite]:
    """A bound that has a name, one higher or one lower."""
    node, parent = spot.node, spot.parent
    bounds = isinstance(parent, ast.Call) and ast.unparse(parent.func).endswith(_BOUNDED)
    if isinstance(node, ast.Name) and (bounds or isinstance(parent, ast.Compare)):
        for operator in (ast.Add(), ast.Sub()):
            yield instead(node, ast.BinOp(node, operator, ast.Constant(1)))


def other_number(spot: Spot) -> Iterator[Rewrite]:
    """A number that is written near another: one more or less, twice, half, another rate."""
    node = spot.node
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        for value in _near(node.value):
            new = ast.Constant(value)
            words = f"{quoted(new)} in the place of {quoted(node)}"
            place = within(spot.parent, node, new)
            told = f", as in {quoted(place)}" if place is not new else ""
            yield Rewrite(node, ast.unparse(new), words + told)


def _near(value: float) -> Iterator[float]:
    if isinstance(value, bool):
        return
    found: list[float] = [value + 1, value - 1, -value, 2 * value, 0, 1]
    if isinstance(value, float):
        found = [2 * value, value / 2, 10 * value, value / 10, 1.0, 0.0]
        if 0.5 < value < 1:
            found += [0.9, 0.95, 0.99, 0.999]
        if 0 < value < 1e-3:
            found += [1e-2, 1e-3]
    yield from dict.fromkeys(other for other in found if other != value)
