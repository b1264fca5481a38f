"""What one change might make of a source file that is wrong: each a repair, if it is right then."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from graders.slips import operations, undoing
from graders.slips.rewriting import Operator, Rewrites, Text, drawn, written
from graders.slips.slip import likely
from graders.slips.spots import quoted, spots, within

_MOST_LIKELY = 250
_MOST_VALUES = 125
_MOST_MORE = 50
_LONGEST = 20_000
# Of several that are right, the first is told: what takes away comes before what writes otherwise.
_LIKELY: tuple[Operator, ...] = (
    operations.dropped_side,
    undoing.without_sign,
    undoing.without_part,
    undoing.without_keyword,
    undoing.other_axis,
    undoing.other_branch,
    undoing.other_start,
    operations.regrouped,
    undoing.without_call,
    undoing.other_expression,
)
_MORE: tuple[Operator, ...] = (undoing.scaled, undoing.added)


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one thing in a source: its 1-based line, what stands there, what would, and all.

    `found` and `wanted` are quoted, to be shown.
    """

    line: int
    found: str
    wanted: str
    source: str


def repairs(source: str) -> Iterator[Repair]:
    """Changes of one thing in a source file, the most likely first; none of one that is too long.

    Of too many, as many are drawn as are allowed; the draw is always the same. Not all need make
    sense: some do not run.
    """
    if len(source) > _LONGEST:
        return
    tree = ast.parse(source)
    text = Text.of(source)
    places = list(spots(tree))
    made = (
        *drawn([*written(places, *_LIKELY), *likely(tree)], _MOST_LIKELY),
        *drawn(written(places, undoing.other_value), _MOST_VALUES),
        *drawn(written(places, *_MORE), _MOST_MORE),
    )
    parents = {id(spot.node): spot.parent for spot in places}
    for chosen, changed in text.each(made):
        yield _repair(chosen, parents, changed)


def _repair(chosen: Rewrites, parents: dict[int, ast.AST], changed: str) -> Repair:
    line = min(rewrite.node.lineno for rewrite in chosen)
    if len(chosen) > 1 or isinstance(chosen[0].node, ast.stmt):
        return _of_statements(chosen, line, changed)
    node = chosen[0].node
    assert isinstance(node, ast.expr)
    new = ast.parse(f"({chosen[0].text})", mode="eval").body
    place = within(parents[id(node)], node, new)
    if place is not new:
        inside, shown = quoted(parents[id(node)]), quoted(place)
        if inside != shown and shown.startswith("`"):
            return Repair(line, inside, shown, changed)
    return Repair(line, quoted(node), quoted(new), changed)


def _of_statements(chosen: Rewrites, line: int, changed: str) -> Repair:
    found = " and ".join(f"`{ast.unparse(rewrite.node)}`" for rewrite in chosen)
    wanted = " and ".join(f"`{rewrite.text}`" for rewrite in chosen if rewrite.text != "pass")
    return Repair(line, found, wanted or "nothing", changed)
