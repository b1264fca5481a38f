"""What learners do on pages, and a worker's part of it without judging."""

from __future__ import annotations

from httpx2 import Response

from harness.report.document import Report
from harness.report.jsondoc import to_document
from harness.store import queue
from harness.store.queue import Outcome
from tests.harness.online import Online, Person
from tests.harness.report.formats.conftest import GOOD

PROBLEM = "scan_cumsum"
SOURCE = "def running_sum(x):\n    return x\n"


def post(person: Person, path: str, once: str = "1", **fields: str) -> Response:
    """Send a form of a page."""
    return person.browser.post(path, data={"csrf": person.csrf, "once": once, **fields})


def hand_in(person: Person, source: str = SOURCE, problem: str = PROBLEM, once: str = "1") -> str:
    """The id of a submission that was sent by the page."""
    answer = post(person, f"/problems/{problem}", once, source=source)
    assert answer.status_code == 303
    return str(answer.headers["location"]).removeprefix("/submissions/")


def judge(online: Online, report: Report, equations: int | None = None) -> None:
    """Give what is next in the queue a report."""
    versions = [problem.version for problem in online.site.problems.values()]
    judgement = report.judgement
    outcome = Outcome(
        str(judgement.verdict),
        judgement.score,
        judgement.max_score,
        equations,
        to_document(report),
    )
    with online.database.write() as connection:
        claim = queue.claim(connection, "worker", versions)
        assert claim is not None
        assert queue.finish(connection, claim, outcome)


def accept(online: Online, equations: int | None = None) -> None:
    """Accept what is next in the queue."""
    judge(online, GOOD, equations)
