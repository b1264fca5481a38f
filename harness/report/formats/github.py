"""For GitHub Actions: annotations on a learner's lines, and a summary of the step."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.verdict import Status
from harness.report.document import Entry, Report, Ungraded
from harness.report.formats import markdown, outcome, telling
from harness.report.results import Results

SUMMARY_LIMIT = 1 << 20
ANNOTATIONS = 10  # of one kind, and of those of one step; further ones are dropped silently
_ROOM_TO_SAY_MORE = 200


@dataclass(frozen=True, slots=True)
class _Note:
    """One annotation: its place in its submission's order, its properties, its message."""

    rank: int
    properties: tuple[tuple[str, str], ...]
    message: str


def notes(results: Results, root: str) -> str:
    """Workflow commands, a line each: errors on a learner's lines, warnings where the judge failed.

    `root` is the path from the repository's root to the folder that names of submissions start
    from. Of each kind as many are given as are shown, the first of every submission first.
    """
    errors = [note for entry in results.entries for note in _errors(entry, root)]
    warnings = [note for entry in results.entries for note in _warnings(entry)]
    if results.unfinished:
        warnings.insert(0, _note(0, telling.ended_early(results.unfinished), "jaxjudge"))
    lines = [*_commands("error", errors), *_commands("warning", warnings)]
    return "".join(f"{line}\n" for line in lines)


def render(results: Results) -> str:
    """The summary in Markdown of at most 1 MiB, cut between two submissions if need be."""
    head = markdown.heading(results)
    rows = markdown.table(results)
    shown = _fitting(rows, SUMMARY_LIMIT // 2)
    text = "\n".join([head, *rows[:shown], ""])
    if shown < len(rows):
        text += f"\nand {len(rows) - shown} submissions more\n"
    sections = markdown.sections(results)
    told = _fitting(sections, SUMMARY_LIMIT - len(text.encode()) - _ROOM_TO_SAY_MORE)
    text = "\n".join([text, *sections[:told]])
    if told < len(sections):
        left = len(sections) - told
        text += f"\n{left} more not accepted: there is no room here to say what is wrong.\n"
    return text


def _errors(entry: Entry, root: str) -> Iterator[_Note]:
    if telling.judge_failed(entry):
        return
    file = posixpath.normpath(posixpath.join(root, entry.name))
    if isinstance(entry, Ungraded):
        yield _note(0, entry.message, outcome.name(entry), ("file", file), ("line", "1"))
        return
    for rank, (line, title, message) in enumerate(_wrong(entry)):
        yield _note(rank, message, title, ("file", file), ("line", str(line)))


def _wrong(report: Report) -> Iterator[tuple[int, str, str]]:
    """Line, title and message of everything that is wrong."""
    for check in report.judgement.checks:
        if check.status not in (Status.FAILED, Status.ERROR):
            continue
        title = f"{outcome.name(report)}: {check.name}"
        for finding in check.findings:
            line = finding.where.line if finding.where else 1
            advice = [f"→ {finding.hint}"] if finding.hint else []
            parts = [finding.message, finding.cause, *advice]
            yield max(1, line), title, "\n".join(part for part in parts if part)
        if not check.findings:
            yield 1, title, check.message


def _warnings(entry: Entry) -> Iterator[_Note]:
    if telling.judge_failed(entry):
        message = f"{entry.name}: {telling.JUDGE_FAILED} {outcome.wrong(entry)}"
        yield _note(0, message, "the judge failed")


def _note(rank: int, message: str, title: str, *place: tuple[str, str]) -> _Note:
    return _Note(rank, (*place, ("title", title)), message)


def _commands(kind: str, notes: Sequence[_Note]) -> Iterator[str]:
    shown = sorted(notes, key=lambda note: note.rank)[:ANNOTATIONS]
    for note in shown:
        properties = ",".join(f"{name}={_property(value)}" for name, value in note.properties)
        yield f"::{kind} {properties}::{_data(note.message)}"
    if left := len(notes) - len(shown):
        yield f"::notice title=jaxjudge::{left} more {kind}s are not shown here"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _fitting(pieces: Sequence[str], room: int) -> int:
    """How many pieces fit in that many bytes, with a byte after each."""
    for place, piece in enumerate(pieces):
        room -= len(piece.encode()) + 1
        if room < 0:
            return place
    return len(pieces)
