"""Where a source file can be written wrongly, and how one says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_SHORT = 40
_LONGEST = 60
Node = ast.expr | ast.stmt
_FUNCTIONS = (ast.FunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Spot:
    """An expression, what it stands in, and the names of values that can be used there.

    `names` are those that the innermost function reads, `unread` those that it could read besides;
    `computed` are the operations it is made of.
    """

    node: ast.expr
    parent: ast.AST
    names: Sequence[str]
    unread: Sequence[str] = ()
    computed: Sequence[ast.BinOp] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Another text for some bytes of a source; `words` says to its writer what is wrong with it.

    A `common` one is made so often that it is also tried together with another.
    """

    node: Node
    text: str
    words: str
    common: bool = False


def spots(tree: ast.Module) -> Iterator[Spot]:
    """Every expression that is computed, in the order of the text; no annotations."""
    yield from _spots(tree, frozenset(), _Function())


def blocks(tree: ast.Module) -> Iterator[Sequence[ast.stmt]]:
    """The statements of each function, one function after the other."""
    yield from (node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@dataclass(frozen=True, slots=True)
class _Function:
    """What is said of every spot of a function."""

    names: Sequence[str] = ()
    unread: Sequence[str] = ()
    computed: Sequence[ast.BinOp] = ()


def _spots(node: ast.AST, bound: frozenset[str], inside: _Function) -> Iterator[Spot]:
    if isinstance(node, _FUNCTIONS):
        bound |= _bound(node)
        names = tuple(dict.fromkeys(name for name in _read(node) if name in bound))
        computed = [part for part in ast.walk(node) if isinstance(part, ast.BinOp)]
        inside = _Function(names, sorted(bound.difference(names)), computed)
    for child in _children(node):
        if isinstance(child, ast.expr):
            yield Spot(child, node, inside.names, inside.unread, inside.computed)
        yield from _spots(child, bound, inside)


def _bound(function: ast.FunctionDef | ast.Lambda) -> frozenset[str]:
    """The parameters of a function and the names it assigns, but for one that means nothing."""
    parameters = {argument.arg for argument in function.args.args}
    stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _is_stored(n)}
    return frozenset(parameters | stored) - {"_"}


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _read(node: ast.AST) -> Iterator[str]:
    """The names that are read in a function itself, but for a container that is taken apart."""
    for child in _children(node):
        apart = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)
        if isinstance(child, ast.Name) and not apart:
            yield child.id
        elif not isinstance(child, _FUNCTIONS):
            yield from _read(child)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """What is computed in a node: no annotations, decorators, defaults, targets or texts."""
    if isinstance(node, ast.FunctionDef):
        yield from node.body
    elif isinstance(node, (ast.Lambda, ast.Assign)):
        yield node.body if isinstance(node, ast.Lambda) else node.value
    elif not isinstance(node, (ast.AnnAssign, ast.Import, ast.ImportFrom, ast.JoinedStr)):
        yield from ast.iter_child_nodes(node)


def quoted(node: ast.AST) -> str:
    """An expression as one quotes it: what calls are given is left out where it is long."""
    text = ast.unparse(node)
    if len(text) > _SHORT:
        text = ast.unparse(_Brief().visit(ast.parse(text, mode="eval")))
    return f"`{text}`" if len(text) <= _LONGEST else "a longer expression"


def within(parent: ast.AST, old: ast.expr, new: ast.expr) -> ast.AST:
    """What an expression stands in with another in its place; that one where it is a statement."""
    if not isinstance(parent, (ast.BinOp, ast.Call, ast.UnaryOp, ast.Compare, ast.Subscript)):
        return new

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(item) for item in value]
        return new if value is old else value

    return type(parent)(**{name: changed(value) for name, value in ast.iter_fields(parent)})


def instead(node: ast.expr, new: ast.expr, common: bool = False) -> Rewrite:
    """One expression written in the place of another."""
    return Rewrite(node, ast.unparse(new), f"{quoted(new)} in the place of {quoted(node)}", common)


class _Brief(ast.NodeTransformer):
    """Writes `f(...)` for a call with arguments."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """The call without what it is given, if that is more than names."""
        function = self.visit(node.func)
        plain = all(isinstance(argument, ast.Name) for argument in node.args)
        if plain and not node.keywords:
            return ast.Call(function, node.args, [])
        return ast.Call(function, [ast.Constant(...)], [])
