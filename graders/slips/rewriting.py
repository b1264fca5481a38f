"""A source file with some of it written otherwise."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random
from typing import TypeVar

from graders.slips.spots import Node, Rewrite, Spot

Rewrites = tuple[Rewrite, ...]
Operator = Callable[[Spot], Iterator[Rewrite]]
_SEED = 20_150_401
T = TypeVar("T")


def written(places: Sequence[Spot], *operators: Operator) -> list[Rewrites]:
    """What operators write at some places, one operator after the other."""
    return [(rewrite,) for make in operators for spot in places for rewrite in make(spot)]


def drawn(items: Sequence[T], most: int) -> Sequence[T]:
    """Of too many, as many as are allowed, in their order; the draw is always the same."""
    if len(items) <= most:
        return items
    return [items[n] for n in sorted(Random(_SEED).sample(range(len(items)), most))]


@dataclass(frozen=True, slots=True)
class Text:
    """A source as bytes, as which Python counts columns, and where its lines begin."""

    data: bytes
    starts: Sequence[int]

    @classmethod
    def of(cls, source: str) -> Text:
        """The text of a source."""
        data = source.encode()
        lengths = [len(line) for line in data.splitlines(keepends=True)]
        return cls(data, list(accumulate(lengths, initial=0)))

    def apart(self, rewrites: Sequence[Rewrite]) -> bool:
        """Whether no two rewrites change the same byte."""
        ranges = sorted(self._range(rewrite.node) for rewrite in rewrites)
        return all(end <= start for (_, end), (start, _) in pairwise(ranges))

    def each(self, choices: Iterable[Rewrites]) -> Iterator[tuple[Rewrites, str]]:
        """Rewrites and the sources they make, none that is this one or was made before."""
        seen = {self.data.decode()}
        for chosen in choices:
            source = self.changed(chosen)
            if source not in seen:
                seen.add(source)
                yield chosen, source

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
