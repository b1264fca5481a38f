"""Results as JSON documents, one a line."""

from __future__ import annotations

from harness.report.document import Ungraded
from harness.report.jsondoc import compact, to_document, ungraded
from harness.report.results import Results


def render(results: Results) -> str:
    """A line for each submission, its report or why there is none."""
    return "".join(
        compact(ungraded(entry) if isinstance(entry, Ungraded) else to_document(entry))
        for entry in results.entries
    )
