"""All that might have been written by mistake in the place of a source file."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise
from random import Random
from typing import TypeVar

from graders.slips import calls, operations, statements
from graders.slips.spots import Node, Rewrite, Spot, blocks, spots

MOST_LIKELY = 220
MOST_OTHERS = 50
MOST_PAIRS = 60
_SEED = 20_150_401
T = TypeVar("T")

# The more likely a slip is, the earlier it stands: of several that do the same, one is named.
_OPERATORS: tuple[Callable[[Spot], Iterator[Rewrite]], ...] = (
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
_STATEMENTS = (statements.misplaced, statements.forgotten)
_Rewrites = tuple[Rewrite, ...]


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
    text = _Text.of(source)
    likely = _drawn(_likely(tree), MOST_LIKELY)
    others = [(r,) for spot in spots(tree) for r in calls.other_name(spot)]
    single = [*likely, *_drawn(others, MOST_OTHERS)]
    pairs = [(*a, *b) for a, b in combinations(filter(_common, likely), 2)]
    seen = {source}
    for chosen in (*single, *_drawn(list(filter(text.apart, pairs)), MOST_PAIRS)):
        changed = text.changed(chosen)
        if changed not in seen:
            seen.add(changed)
            yield Slip(tuple(rewrite.words for rewrite in chosen if rewrite.words), changed)


def _likely(tree: ast.Module) -> list[_Rewrites]:
    """Those that are tried all, the most likely first."""
    places = list(spots(tree))
    found: list[_Rewrites] = [(r,) for make in _OPERATORS for spot in places for r in make(spot)]
    return [*found, *(made for make in _STATEMENTS for b in blocks(tree) for made in make(b))]


def _common(rewrites: _Rewrites) -> bool:
    return all(rewrite.common for rewrite in rewrites)


def _drawn(items: Sequence[T], most: int) -> Sequence[T]:
    if len(items) <= most:
        return items
    return [items[n] for n in sorted(Random(_SEED).sample(range(len(items)), most))]


@dataclass(frozen=True, slots=True)
class _Text:
    """A source as bytes, as which Python counts columns, and where its lines begin."""

    data: bytes
    starts: Sequence[int]

    @classmethod
    def of(cls, source: str) -> _Text:
        data = source.encode()
        lengths = [len(line) for line in data.splitlines(keepends=True)]
        return cls(data, list(accumulate(lengths, initial=0)))

    def apart(self, rewrites: Sequence[Rewrite]) -> bool:
        """Whether no two rewrites change the same byte."""
        ranges = sorted(self._range(rewrite.node) for rewrite in rewrites)
        return all(end <= start for (_, end), (start, _) in pairwise(ranges))

    def changed(self, rewrites: Sequence[Rewrite]) -> str:
        """The source with some bytes rewritten."""
        data = self.data
        for rewrite in sorted(rewrites, key=lambda r: self._range(r.node), reverse=True):
            start, end = self._range(rewrite.node)
            plain = isinstance(rewrite.node, ast.stmt)
            text = rewrite.text if plain else f"({rewrite.text})"
            data = data[:start] + text.encode() + data[end:]
        return data.decode()

    def _range(self, node: Node) -> tuple[int, int]:
        last = self.starts[(node.end_lineno or node.lineno) - 1]
        return self.starts[node.lineno - 1] + node.col_offset, last + (node.end_col_offset or 0)
