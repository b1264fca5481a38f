"""A class's results for a person: a line for each file, and a table of counts at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from harness.report.layout import columns, fit, pad, wrap
from harness.report.text import clean_line, defused

if TYPE_CHECKING:
    from harness.grading.tally import Tally

_VERDICT, _POINTS = 21, 7
_BAR = 30


def line(document: Mapping[str, Any], *, colour: bool, width: int | None, ascii: bool) -> str:
    """One file: sign, verdict, points, name and the first thing to say about it.

    Cut to `width` columns; whole when that is None.
    """
    verdict, points, message = _said(document)
    good = verdict == "accepted"
    sign = ("+" if good else "x") if ascii else ("✓" if good else "✗")
    name = document["submission"]["name"]
    text = f" {pad(verdict, _VERDICT)} {pad(points, _POINTS)} "
    text += defused(clean_line(f"{name}: {message}" if message else name))
    if width is not None and columns(text) > width - 1:
        text = fit(text, width - 1)
    if colour:
        sign = f"\x1b[{32 if good else 31}m{sign}\x1b[0m"
    return f"{sign}{text.rstrip()}\n"


def _said(document: Mapping[str, Any]) -> tuple[str, str, str]:
    if "error" in document:
        return "not graded", "-", document["error"]["message"]
    points = f"{document['score']:g}/{document['max_score']:g}"
    unwell = (check for check in document["checks"] if check["status"] in ("failed", "error"))
    message = next((check["message"] for check in unwell), "")
    return document["verdict"], points, message


def table(tally: Tally, asked: int, *, width: int, ascii: bool) -> str:
    """Counts by verdict with bars, statistics of the scores, and the slowest files."""
    lines = ["", _graded(tally, asked)]
    most = max(tally.verdicts.values(), default=1)
    for verdict, count in tally.verdicts.most_common():
        bar = ("#" if ascii else "█") * max(1, round(_BAR * count / most))
        lines.append(f"  {pad(verdict, _VERDICT)} {count:6}  {bar}")
    if scores := tally.scores():
        parts = (f"{name} {value:.0f}%" for name, value in scores.items())
        lines += ["", f"Scores   {', '.join(parts)}"]
    lines += _slowest(tally, width)
    return "\n".join(lines) + "\n"


def _slowest(tally: Tally, width: int) -> Iterator[str]:
    first = "Slowest  "
    for seconds, name in tally.slowest:
        yield from wrap(f"{seconds:6.2f} s  {defused(clean_line(name))}", width, first, " " * 20)
        first = " " * 9


def summary(tally: Tally, asked: int) -> str:
    """One line: how many files were graded, and how many got which verdict."""
    counts = ", ".join(f"{count} {name}" for name, count in tally.verdicts.most_common())
    return f"{_graded(tally, asked)}{': ' if counts else ''}{counts}"


def _graded(tally: Tally, asked: int) -> str:
    files = f"{asked} file{'' if asked == 1 else 's'}"
    text = f"Graded {files}" if tally.files == asked else f"Graded {tally.files} of {files}"
    return f"{text} ({tally.kept} from the cache)" if tally.kept else text
