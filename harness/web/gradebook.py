"""What a class has reached: sorted, as CSV, as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from harness.store import assignments, results
from harness.store.assignments import Set
from harness.store.classes import Class
from harness.store.results import Cell, Learner
from harness.web.call import missing

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes what begins so for a formula


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The learners of a class, what they reached in some of its sets, and all of its sets."""

    of: Class
    sets: Sequence[Set]
    chosen: Sequence[Set]
    learners: Sequence[Learner]

    @property
    def problems(self) -> list[str]:
        """The problems of the chosen sets, in order, each once."""
        return list(dict.fromkeys(p for each in self.chosen for p in each.terms.problems))

    def sorted(self, by: str, falling: bool) -> Gradebook:
        """The same with the learners in another order; those that are equal stay by name.

        `by` is `name`, `accepted`, `score`, `last` or a problem; anything else is `name`.
        """
        learners = sorted(self.learners, key=lambda row: _rank(row, by), reverse=falling)
        return replace(self, learners=learners)

    def document(self) -> dict[str, Any]:
        """All of it, as the API tells of it."""
        return {
            "class_id": self.of.id,
            "name": self.of.name,
            "sets": [{"id": s.id, "title": s.terms.title} for s in self.chosen],
            "problems": self.problems,
            "learners": [_row(learner) for learner in self.learners],
        }

    def csv(self) -> str:
        """All of it, a learner a line; nothing in it is a formula for a spreadsheet."""
        out = io.StringIO()
        writer = csv.writer(out)
        columns = [f"{p} {part}" for p in self.problems for part in _PARTS]
        writer.writerow([_safe(text) for text in ("name", "accepted", "score", *columns)])
        for learner in self.learners:
            cells = [v for p in self.problems for v in _values(learner.cells.get(p))]
            line = [learner.name, learner.accepted, learner.score, *cells]
            writer.writerow([_safe(v) if isinstance(v, str) else v for v in line])
        return out.getvalue()


def gradebook(
    connection: Connection, own: Class, set_id: str | None, user: str | None = None
) -> Gradebook:
    """That of a class, or of one of its sets; with `user`, only that one's row.

    Raises `Refusal` for a set that the class has not.
    """
    sets = assignments.sets_of(connection, own.id)
    chosen = [s for s in sets if set_id in (None, s.id)]
    if set_id is not None and not chosen:
        raise missing("problem set")
    learners = results.of_class(connection, own.id, [s.id for s in chosen], user)
    return Gradebook(own, sets, chosen, learners)


def _rank(row: Learner, by: str) -> tuple[Any, ...]:
    if by == "accepted":
        return row.accepted, row.score
    if by == "score":
        return row.score, row.accepted
    if by == "last":
        return (row.last or _LONG_AGO,)
    if by in row.cells:
        cell = row.cells[by]
        return 1, not cell.late, cell.score or 0.0, -cell.attempts
    return (row.name.casefold(),) if by == "name" else (0,)


_PARTS = ("verdict", "score", "attempts", "late", "at")


def _values(cell: Cell | None) -> list[str | float | int]:
    if cell is None:
        return [""] * len(_PARTS)
    score = "" if cell.score is None else cell.score
    late = "late" if cell.late else ""
    return [cell.verdict or "waiting", score, cell.attempts, late, cell.at.isoformat()]


def _row(learner: Learner) -> dict[str, Any]:
    return {
        "name": learner.name,
        "accepted": learner.accepted,
        "score": learner.score,
        "problems": {problem: _told(cell) for problem, cell in learner.cells.items()},
    }


def _told(cell: Cell) -> dict[str, Any]:
    return {
        "submission": cell.submission,
        "verdict": cell.verdict,
        "score": cell.score,
        "max_score": cell.max_score,
        "attempts": cell.attempts,
        "late": cell.late,
        "at": cell.at.isoformat(),
    }


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text
