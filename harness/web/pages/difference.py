"""What changed between two texts, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 3  # unchanged lines shown beside a change
_ROWS = 4_000
# Longer texts would take too long to compare: what lies between their common ends is all changed.
_COMPARED = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of either text or of both, with its numbers there; or how many are left out."""

    text: str = ""
    old: int | None = None
    new: int | None = None
    left_out: int = 0

    @property
    def kind(self) -> str:
        """`added`, `removed` or `same`."""
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "same"


def rows(old: str, new: str) -> list[Row]:
    """The lines of two texts, those that nothing changed near left out; none if all are the same.

    Where there are very many, the last ones are left out too.
    """
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return []
    found: list[Row] = []
    for row in _shortened(list(_all(before, after))):
        found.append(row)
        if len(found) == _ROWS:
            found.append(Row(left_out=len(before) + len(after)))
            break
    return found


def _all(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    for tag, old, new in _changes(before, after):
        if tag == "equal":
            pairs = zip(old, new, strict=True)
            yield from (Row(before[n], n + 1, m + 1) for n, m in pairs)
        else:
            yield from (Row(before[n], n + 1, None) for n in old)
            yield from (Row(after[m], None, m + 1) for m in new)


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, range, range]]:
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    end, stop = len(before) - tail, len(after) - tail
    yield "equal", range(head), range(head)
    if max(end, stop) - head > _COMPARED:
        yield "replace", range(head, end), range(head, stop)
    else:
        found = SequenceMatcher(None, before[head:end], after[head:stop]).get_opcodes()
        for tag, *places in found:
            first, last, start, until = (head + place for place in places)
            yield tag, range(first, last), range(start, until)
    yield "equal", range(end, len(before)), range(stop, len(after))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _shortened(found: Sequence[Row]) -> Iterator[Row]:
    """The rows near a change, and between them how many others there are."""
    near = [False] * len(found)
    for place, row in enumerate(found):
        if row.kind != "same":
            start = max(0, place - _AROUND)
            stop = min(len(found), place + _AROUND + 1)
            near[start:stop] = [True] * (stop - start)
    skipped = 0
    for row, shown in zip(found, near, strict=True):
        if shown and skipped:
            yield Row(left_out=skipped)
            skipped = 0
        if shown:
            yield row
        else:
            skipped += 1
    if skipped:
        yield Row(left_out=skipped)
