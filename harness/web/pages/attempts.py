"""A submission: how far its judging is, and then its report, beside its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from harness.report import reading
from harness.report.detail import MOST, limited
from harness.report.document import Report
from harness.report.html import source as highlighted
from harness.store import submissions
from harness.store.history import Wanted, listed
from harness.web import rejudges
from harness.web.api.events import sentence
from harness.web.api.reports import allowed_hints
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.pages.rendering import render
from harness.web.submitting import visible

_HINTS = 1
_RECENT = 10
_SHOWN = 32 << 10  # bytes of a source: to highlight all that one may have takes seconds


def read(call: Call) -> Response:
    """A submission as a page, which follows the judging while it goes on."""
    return _page(call, "submission_page.html")


def part(call: Call) -> Response:
    """What of the page is another when the judging has ended, for the script that followed it."""
    return _page(call, "submission_part.html")


def _page(call: Call, template: str) -> Response:
    row = visible(call, call.path("id"))
    wanted = Wanted(user=row.user_id, problem=row.problem)
    with call.site.database.read() as connection:
        source = submissions.source(connection, row.id) or b""
        document = submissions.report(connection, row.id)
        ahead = submissions.ahead(connection, row.id) if row.state == "queued" else 0
        most = allowed_hints(call, connection, row)
        recent = listed(connection, wanted, _RECENT)
        judgings = rejudges.judgings(call, connection, row.id)
    hints = min(_hints(call), most)
    report = _report(document, hints)
    return render(
        call,
        template,
        row=row,
        problem=call.site.problems.get(row.problem),
        ended=row.state in ("done", "dead"),
        said=sentence({**row._mapping, "ahead": ahead}),
        report=report,
        hints=hints,
        most=most,
        source=[Markup(line) for line in highlighted.lines(_beginning(source))],
        cut=len(source) > _SHOWN,
        marked=_marked(report),
        recent=recent,
        judgings=judgings,
    )


def _beginning(source: bytes) -> bytes:
    """As much of a source as is shown, in whole characters."""
    return source[:_SHOWN].decode("utf-8", "ignore").encode()


def _hints(call: Call) -> int:
    """How much help the query asks for."""
    asked = call.query("hints") or ""
    return int(asked) if asked in map(str, range(MOST + 1)) else _HINTS


def _report(document: Mapping[str, Any] | None, hints: int) -> Report | None:
    """The report with so much help; None where there is none that can be read."""
    if document is None:
        return None
    try:
        entry = reading.read(document)
    except ValueError:
        return None  # of a version whose documents were others
    return limited(entry, hints) if isinstance(entry, Report) else None


def _marked(report: Report | None) -> Mapping[int, str]:
    """What is found where: the message of the first finding by line."""
    found: dict[int, str] = {}
    for check in report.judgement.checks if report else ():
        for finding in check.findings:
            if finding.where is not None and finding.where.line:
                found.setdefault(finding.where.line, finding.message)
    return found


DOORS = (
    Door("GET", "/submissions/{id}", read, Who.SIGNED_IN),
    Door("GET", "/submissions/{id}/part", part, Who.SIGNED_IN),
)
