"""How a comparison puts things into words, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterator

from harness.report.compared.comparison import NOT_GRADED, Change, Comparison, Kind, Standing
from harness.report.text import cap, clean_line

TITLES = {
    Kind.LOST: "Lost: accepted before, and not any more",
    Kind.GAINED: "Gained: not accepted before, and now it is",
    Kind.CHANGED: "Another verdict",
    Kind.SCORE: "The same verdict, another score",
    Kind.NEW: "New: not there before",
    Kind.GONE: "Gone: not there any more",
}
_WORDS = {Kind.CHANGED: "with another verdict", Kind.SCORE: "with another score"}
_VERSION = 12
_VERSIONS = 3
_LINE = 300


def name(change: Change) -> str:
    """The submission's name, on one line of some length."""
    return cap(clean_line(change.standing.name), _LINE)


def outcome(standing: Standing | None) -> str:
    """How a submission came out of a run, in a few words."""
    if standing is None:
        return "not there"
    if standing.verdict == NOT_GRADED:
        return NOT_GRADED
    points = "/".join(f"{round(value, 2):g}" for value in (standing.score, standing.max_score))
    return f"{clean_line(standing.verdict)} {points}"


def remarks(change: Change) -> Iterator[str]:
    """What else there is to say: why it is not accepted now, and whether it is another file."""
    old, new = change.old, change.new
    if new is not None and new.message:
        yield new.message
    if old and new and old.problem and new.problem and old.problem != new.problem:
        yield f"another problem: {clean_line(old.problem)} before, {clean_line(new.problem)} now"
    if change.edited:
        yield "the file itself changed"


def differences(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """What is not of the same version in both runs: its name, the old versions, the new ones."""
    for found in comparison.versions:
        yield clean_line(found.name), _versions(found.old), _versions(found.new)
    for found in comparison.problems:
        yield f"problem {clean_line(found.name)}", _versions(found.old), _versions(found.new)


def summary(comparison: Comparison) -> str:
    """One line: how many submissions there are, and what happened to how many."""
    counts = {_WORDS.get(kind, str(kind)): count for kind, count in comparison.counts.items()}
    if comparison.unchanged or not counts:
        counts["unchanged"] = comparison.unchanged
    total = sum(counts.values())
    parts = ", ".join(f"{count} {word}" for word, count in counts.items())
    return f"Compared {total} submission{'' if total == 1 else 's'}: {parts}"


def _versions(versions: tuple[str, ...]) -> str:
    shown = ", ".join(
        cap(clean_line(version), _LINE) for version in map(_cut, versions[:_VERSIONS])
    )
    left = len(versions) - _VERSIONS
    return f"{shown} and {left} more" if left > 0 else shown


def _cut(version: str) -> str:
    """A version as people compare it: of a hash only its start."""
    hash = len(version) > 40 and all(char in "0123456789abcdef" for char in version)
    return version[:_VERSION] if hash else version
