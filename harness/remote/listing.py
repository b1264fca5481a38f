"""What was handed in on a server, as a table for people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from harness.console import Look
from harness.remote.client import Client
from harness.remote.kept import Login
from harness.remote.shapes import Handed, items
from harness.report.layout import columns, fit
from harness.report.text import clean_line

_PAGE = 200
_NARROWEST = 8
_HEAD = ("when", "verdict", "score", "problem", "file", "id")


def handed_in(client: Client, login: Login, problem: str, most: int) -> list[Handed]:
    """What a user handed in, the newest first, at most so many; raises as `Client.get` does."""
    found: list[Handed] = []
    cursor = ""
    while len(found) < most:
        document = client.get(
            "/submissions",
            user=login.user,
            problem=problem,
            limit=min(_PAGE, most - len(found)),
            cursor=cursor,
        )
        page, cursor = items(client.url, Handed, document)
        found += page
        if not page or not cursor:
            break
    return found[:most]


def document(found: Sequence[Handed]) -> str:
    """The list as JSON."""
    rows = [{**asdict(each), "created_at": each.created_at.isoformat()} for each in found]
    return json.dumps(rows, indent=2) + "\n"


def line(handed: Handed) -> str:
    """One that has no verdict yet: how it stands, its problem, file and id."""
    return "  ".join(map(clean_line, (handed.told, handed.problem, handed.name, handed.id)))


def table(found: Sequence[Handed], look: Look) -> str:
    """The list as a table, a line each; on a terminal with a sign, and if it can be no wider."""
    rows = [_HEAD, *map(_cells, found)]
    signs = [" ", *(_sign(handed, look) for handed in found)]
    widths = [max(columns(row[place]) for row in rows) for place in range(len(_HEAD))]
    if look.tty:
        widths = _narrowed(widths, look.width - len("✓ "))
    lines = []
    for sign, row in zip(signs, rows, strict=True):
        cells = "  ".join(map(fit, row, widths)).rstrip()
        lines.append(f"{sign} {cells}\n" if look.tty else f"{cells}\n")
    return "".join(lines)


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Widths that leave out of names what does not fit; ids stay whole, to be copied."""
    over = sum(widths) + 2 * (len(widths) - 1) - room
    narrowed = list(widths)
    for place in (_HEAD.index("file"), _HEAD.index("problem")):
        cut = max(0, min(over, narrowed[place] - _NARROWEST))
        narrowed[place] -= cut
        over -= cut
    return narrowed


def _cells(handed: Handed) -> tuple[str, ...]:
    when = handed.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    verdict = handed.verdict or handed.state
    scored = handed.score is not None and handed.max_score is not None
    score = f"{handed.score:g}/{handed.max_score:g}" if scored else "-"
    texts = (when, verdict, score, handed.problem, handed.name, handed.id)
    return tuple(clean_line(text) for text in texts)


def _sign(handed: Handed, look: Look) -> str:
    if handed.verdict is None:
        return "-"
    good = handed.verdict == "accepted"
    sign = ("+" if good else "x") if look.ascii else ("✓" if good else "✗")
    return f"\x1b[{32 if good else 31}m{sign}\x1b[0m" if look.colour else sign
