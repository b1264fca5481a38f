"""Reads Python source without running it: which names it defines, with which arguments."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

_LONGEST = 1 << 20
_DEFINITION = re.compile(
    r"^(?:[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]*)?=(?!=))", re.MULTILINE
)


def parse(source: str) -> ast.Module:
    """The syntax tree; raises `SyntaxError` for anything Python itself would not read."""
    if len(source) > _LONGEST:
        raise SyntaxError(f"the file is longer than {_LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (RecursionError, MemoryError):
        raise SyntaxError("the file is nested too deeply") from None
    except ValueError as error:
        raise SyntaxError(f"the file is not Python source: {error}") from None


def defined_names(source: str) -> tuple[str, ...]:
    """The names a file defines at top level, in order; imported names do not count.

    A file that does not parse is searched for `def name` and `name =` instead, so that it can still
    be told what it was meant to be.
    """
    try:
        found = list(_top_level(parse(source)))
    except SyntaxError:
        found = [match[1] or match[2] for match in _DEFINITION.finditer(source)]
    return tuple(dict.fromkeys(found))


def parameters(tree: ast.Module, name: str) -> tuple[int, str] | None:
    """Line and parameter list, as written, of the last top-level `def` of that name, or None."""
    for statement in reversed(tree.body):
        if isinstance(statement, ast.FunctionDef) and statement.name == name:
            return statement.lineno, ", ".join(_written(statement.args))
    return None


def function_names(tree: ast.Module) -> list[str]:
    """The functions a file defines at top level."""
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def _written(arguments: ast.arguments) -> Iterator[str]:
    yield from (argument.arg for argument in (*arguments.posonlyargs, *arguments.args))
    if arguments.vararg or arguments.kwonlyargs:
        yield f"*{arguments.vararg.arg if arguments.vararg else ''}"
    yield from (argument.arg for argument in arguments.kwonlyargs)
    if arguments.kwarg:
        yield f"**{arguments.kwarg.arg}"


def _top_level(tree: ast.Module) -> Iterator[str]:
    """Names bound by statements that run when the file is loaded, blocks included."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, _CONTAINERS) and not _declares_only(node):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def _declares_only(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and node.value is None


_CONTAINERS = (
    ast.mod,
    ast.stmt,
    ast.ExceptHandler,
    ast.match_case,
    ast.withitem,
    ast.Tuple,
    ast.List,
    ast.Starred,
    ast.NamedExpr,
)
