"""Slips in the order of things: a line too early, or forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graders.slips.spots import Rewrite


def misplaced(block: Sequence[ast.stmt]) -> Iterator[tuple[Rewrite, ...]]:
    """Two assignments that follow each other, in each other's place."""
    for first, second in pairwise(block):
        if isinstance(first, ast.Assign) and isinstance(second, ast.Assign):
            words = f"`{_target(second)}` is computed before `{_target(first)}`"
            yield (
                Rewrite(first, ast.unparse(second), words, True),
                Rewrite(second, ast.unparse(first), "", True),
            )


def forgotten(block: Sequence[ast.stmt]) -> Iterator[tuple[Rewrite, ...]]:
    """An assignment left out, where its name has a value already."""
    for statement in block:
        if isinstance(statement, ast.Assign):
            yield (Rewrite(statement, "pass", f"`{_target(statement)}` is not updated"),)


def swapped_targets(block: Sequence[ast.stmt]) -> Iterator[tuple[Rewrite, ...]]:
    """Two neighbours among the names that a result is unpacked into, in each other's place."""
    for statement in block:
        names = _names(statement)
        for first in range(len(names) - 1):
            left, right = names[first : first + 2]
            order = [*names[:first], right, left, *names[first + 2 :]]
            assert isinstance(statement, ast.Assign)
            words = f"`{left}` and `{right}` in each other's place where they are unpacked"
            text = f"{', '.join(order)} = {ast.unparse(statement.value)}"
            yield (Rewrite(statement, text, words),)


def _names(statement: ast.stmt) -> Sequence[str]:
    """The names an assignment unpacks into, if it does nothing else."""
    if not (isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Tuple)):
        return ()
    targets = statement.targets[0].elts
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return names if len(names) == len(targets) else ()


def _target(statement: ast.Assign) -> str:
    return ast.unparse(statement.targets[0])
