"""Reports and problems as a server tells of them, which need not be a good one."""

from __future__ import annotations

import httpx2
import pytest

from graders.verdict import CheckResult, Judgement, Status, Verdict
from harness.errors import MachineError, UsageError
from harness.problem.library import Library
from harness.remote.client import Client
from harness.remote.handing import catalogue, report_on
from harness.report import terminal
from harness.report.document import Isolation, Output, Report, Ungraded
from harness.report.jsondoc import to_document, ungraded

_CHECK = CheckResult("correctness", Status.PASSED, 60, 60, "All batches agree.")
REPORT = Report(
    problem="scan_cumsum",
    problem_version="1",
    name="my.py",
    sha256="0",
    judgement=Judgement(Verdict.ACCEPTED, (_CHECK,)),
    isolation=Isolation("strict"),
    output=Output(),
    timings={},
    versions={},
)


def answering(*documents: object) -> Client:
    """A client of a server that answers so, one after the other."""
    left = list(documents)
    transport = httpx2.MockTransport(lambda request: httpx2.Response(200, json=left.pop(0)))
    return Client(httpx2.Client(transport=transport, base_url="https://j.example/api/v1"))


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"schema": "jaxjudge.report/9"}, "expected the schema jaxjudge.report/1"),
        ([], "expected a JSON object"),
        (
            ungraded(Ungraded("my.py", "judge", "it broke")),
            "could not judge the submission 7: it broke",
        ),
    ],
)
def test_a_report_that_is_none_is_one_line(document: object, said: str) -> None:
    with pytest.raises(MachineError, match=said):
        report_on(answering(document), "7", 3)


def test_a_report_that_is_refused_is_refused_in_the_servers_words() -> None:
    error = {"error": {"code": "not_judged", "message": "it is not judged yet", "fields": {}}}
    transport = httpx2.MockTransport(lambda request: httpx2.Response(409, json=error))
    client = Client(httpx2.Client(transport=transport, base_url="https://j.example/api/v1"))
    with pytest.raises(UsageError, match="says: it is not judged yet"):
        report_on(client, "7", 3)


def test_a_hostile_report_moves_no_cursor() -> None:
    document = to_document(REPORT)
    document["submission"]["name"] = "\x1b]0;\x07.py"
    document["checks"][0]["message"] = "\x1b[2J\u202e"
    shown = terminal.render(report_on(answering(document), "7", 3))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_problems_that_are_only_there_are_found_by_their_function(built_in: Library) -> None:
    client = answering(
        {"items": [{"id": "there", "entry": "its_own"}, {"id": "scan_cumsum"}], "next": "b"},
        {"items": [{"id": "new"}], "next": None},
    )
    found = catalogue(client, built_in)
    assert found.infer("def its_own(x): ...") == "there"
    assert found.infer("def cumulative_sum(x): ...") == "scan_cumsum"
    assert found.entry("new") is None
    with pytest.raises(UsageError, match="its_own"):
        found.infer("def its_owm(x): ...")
