"""What operators on sources write."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from graders.slips.spots import Rewrite, Spot, spots


def body(expression: str) -> str:
    """A function of three arguments that returns an expression."""
    return f"def f(a, b, c):\n    return {expression}\n"


def made(operator: Callable[[Spot], Iterator[Rewrite]], expression: str) -> dict[str, str]:
    """What an operator writes in such a function, and what it says of it."""
    found = (r for spot in spots(ast.parse(body(expression))) for r in operator(spot))
    return {rewrite.text: rewrite.words for rewrite in found}
