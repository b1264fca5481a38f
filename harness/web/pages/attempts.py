"""A submission: how far its judging is, and then its report, beside its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from graders.steps import Step
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
# The way to a verdict: what is shown of it, at which states and steps, and the check made there.
_STEPS = (
    ("In the queue", ("queued",), ""),
    ("Tracing", ("running", Step.TRACING), ""),
    ("Correctness", (Step.COMPARING,), "correctness"),
    ("Structure", (Step.STRUCTURE,), "structure"),
    ("Verdict", (Step.DEVICE, Step.EXPLAINING), ""),
)
_SHOWN = 32 << 10  # bytes of a source: to highlight all that one may have takes seconds


@dataclass(frozen=True, slots=True)
class _Step:
    """A part of the way; `when` is `past`, `now` or empty, `status` that of its check."""

    label: str
    names: Sequence[str]
    check: str
    when: str
    status: str


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
        recent = listed(connection, call.me, wanted, _RECENT)
        judgings = rejudges.judgings(call, connection, row.id)
        told = submissions.newest(connection, row.id).data if row.state == "running" else {}
    stands = {**row._mapping, "ahead": ahead, **told}
    hints = min(_hints(call), most)
    report = _report(document, hints)
    return render(
        call,
        template,
        row=row,
        problem=call.site.problems.get(row.problem),
        ended=row.state in ("done", "dead"),
        said=sentence(stands),
        steps=_steps(stands),
        report=report,
        hints=hints,
        most=most,
        source=[Markup(line) for line in highlighted.lines(_beginning(source))],
        cut=len(source) > _SHOWN,
        marked=_marked(report),
        recent=recent,
        judgings=judgings,
    )


def _steps(stands: Mapping[str, Any]) -> Sequence[_Step]:
    """The way to a verdict, and how far on it a submission is."""
    checks, now = stands.get("checks", {}), stands.get("step", stands["state"])
    place = next((n for n, (_, names, _) in enumerate(_STEPS) if now in names), len(_STEPS))
    whens = ("past" if n < place else "now" if n == place else "" for n in range(len(_STEPS)))
    return [
        _Step(label, names, check, when, checks.get(check, ""))
        for (label, names, check), when in zip(_STEPS, whens, strict=True)
    ]


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
