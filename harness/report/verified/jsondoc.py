"""Verifications as a JSON document, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from harness.report.text import clean, clean_line
from harness.verification import Point, Verification

SCHEMA = "jaxjudge.verification/1"


def render(verifications: Sequence[Verification]) -> str:
    """The document as text: two spaces of indentation, ASCII only, one newline at the end."""
    document = {
        "schema": SCHEMA,
        "good": all(found.good for found in verifications),
        "problems": [_problem(found) for found in verifications],
    }
    return json.dumps(document, indent=2) + "\n"


def _problem(found: Verification) -> dict[str, Any]:
    return {
        "id": clean_line(found.problem),
        "version": found.version,
        "outcome": str(found.outcome),
        "points": [_point(point) for point in found.points],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "group": point.group,
        "name": clean_line(point.name),
        "outcome": str(point.outcome),
        "message": clean(point.message),
        "details": [clean(line) for line in point.details],
        "seconds": round(point.seconds, 3),
    }
