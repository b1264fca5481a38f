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


def _target(statement: ast.Assign) -> str:
    return ast.unparse(statement.targets[0])
