"""All that might have been written by mistake in the place of a source file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from graders.slips import calls, operations, statements
from graders.slips.rewriting import Operator, Rewrites, Text, drawn, written
from graders.slips.spots import blocks, spots

MOST_LIKELY = 220
MOST_OTHERS = 50
MOST_PAIRS = 60

# The more likely a slip is, the earlier it stands: of several that do the same, one is named.
_OPERATORS: tuple[Operator, ...] = (
    operations.other_operator,
    operations.dropped_side,
    calls.other_function,
    calls.other_direction,
    operations.other_number,
    operations.turned_round,
    operations.off_by_one,
    operations.other_share,
    operations.other_amount,
    calls.without_function,
    calls.other_start,
    calls.swapped_arguments,
)
_STATEMENTS = (statements.misplaced, statements.swapped_targets, statements.forgotten)


@dataclass(frozen=True, slots=True)
class Slip:
    """A source with one or two things written wrongly, and what they are."""

    words: tuple[str, ...]
    source: str


def slips(source: str) -> Iterator[Slip]:
    """The single slips of a source file, then pairs of common ones, which are among the single.

    Of too many, as many are drawn as are allowed; the draw is always the same. Not all need make
    sense: some do not run.
    """
    tree = ast.parse(source)
    text = Text.of(source)
    common = drawn(likely(tree), MOST_LIKELY)
    others = written(list(spots(tree)), calls.other_name)
    single = [*common, *drawn(others, MOST_OTHERS)]
    pairs = [(*a, *b) for a, b in combinations(filter(_common, common), 2)]
    apart = drawn(list(filter(text.apart, pairs)), MOST_PAIRS)
    for chosen, changed in text.each((*single, *apart)):
        yield Slip(tuple(rewrite.words for rewrite in chosen if rewrite.words), changed)


def likely(tree: ast.Module) -> list[Rewrites]:
    """Those that are tried all, the most likely first."""
    found = written(list(spots(tree)), *_OPERATORS)
    return [*found, *(made for make in _STATEMENTS for b in blocks(tree) for made in make(b))]


def _common(rewrites: Rewrites) -> bool:
    return all(rewrite.common for rewrite in rewrites)
