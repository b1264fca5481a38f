"""A comparison as a JSON document, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from harness.report.compared.comparison import Change, Comparison, Difference, Standing
from harness.report.text import clean_line

SCHEMA = "jaxjudge.comparison/1"


def render(comparison: Comparison) -> str:
    """The document as text: two spaces of indentation, ASCII only, one newline at the end."""
    document = {
        "schema": SCHEMA,
        "good": comparison.good,
        "unchanged": comparison.unchanged,
        "versions": _differences(comparison.versions),
        "problems": _differences(comparison.problems),
        "changes": [_change(change) for change in comparison.changes],
    }
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def _differences(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {
            "name": clean_line(found.name),
            "old": [clean_line(version) for version in found.old],
            "new": [clean_line(version) for version in found.new],
        }
        for found in differences
    ]


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "name": clean_line(change.standing.name),
        "edited": change.edited,
        "old": _standing(change.old),
        "new": _standing(change.new),
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "problem": None if standing.problem is None else clean_line(standing.problem),
        "verdict": standing.verdict,
        "score": standing.score,
        "max_score": standing.max_score,
        "message": clean_line(standing.message),
    }
