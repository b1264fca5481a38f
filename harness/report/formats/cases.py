"""A run as a list of tests, which is how most other programs see one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from shlex import quote

from graders.verdict import CheckResult, Status
from harness.report.document import Entry, Report, Ungraded
from harness.report.formats import telling
from harness.report.results import Results

MOST_POINTS = 1e9
LEAST_POINTS = 1e-9  # less is nothing: what is divided by it may be no number any more


@dataclass(frozen=True, slots=True)
class Case:
    """One test: a check of a submission, or what went wrong instead of one.

    `entry` is the submission, or None where the run as a whole is meant. The check's status is
    `error` only where the fault is not the learner's, and its points are finite and not negative.
    `name` has the file's too where there are several. `text` is what a learner should read, and
    `seconds` this test's part of the time that the submission took.
    """

    entry: Entry | None
    check: CheckResult
    name: str
    text: str
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether this is as asked for."""
        return self.check.status is Status.PASSED

    @property
    def judge_failed(self) -> bool:
        """Whether the fault is not the learner's."""
        return self.check.status is Status.ERROR

    @property
    def outcome(self) -> str:
        """`pass`, `fail` or `error`, for formats that know no skipped tests."""
        if self.passed:
            return "pass"
        faultless = self.entry is not None and telling.judge_failed(self.entry)
        return "error" if self.judge_failed or faultless else "fail"

    @property
    def command(self) -> str:
        """How to do this test again."""
        return f"jaxjudge submit {quote(self.entry.name)}" if self.entry else ""

    @property
    def line(self) -> int | None:
        """The first line of the file that a finding is about."""
        found = (finding.where for finding in self.check.findings)
        return next((where.line for where in found if where is not None), None)


def cases(results: Results) -> tuple[Case, ...]:
    """All tests of a run, in the order of its submissions.

    At least one; all of them pass only if every submission was accepted and the run was finished.
    """
    several = len(results.entries) > 1
    found = [case for entry in results.entries for case in of_entry(entry, several)]
    return (*found, *of_run(results))


def of_entry(entry: Entry, several: bool = False) -> list[Case]:
    """The tests of one submission, named by its file too if there are `several`."""
    prefix = f"{entry.name}: " if several else ""
    checks = list(_checks(entry))
    seconds = _points(entry.timings.get("total", 0)) if isinstance(entry, Report) else 0.0
    wrong = next((n for n, check in enumerate(checks) if _failing(check)), None)
    return [
        Case(
            entry,
            check,
            f"{prefix}{check.name}",
            _text(entry, check, n == wrong),
            seconds / len(checks),
        )
        for n, check in enumerate(checks)
    ]


def of_run(results: Results) -> list[Case]:
    """What went wrong with the run as a whole, if anything did."""
    if results.unfinished:
        return [_run(Status.ERROR, telling.ended_early(results.unfinished))]
    return [] if results.entries else [_run(Status.FAILED, telling.NOTHING)]


def reasons(cases: Sequence[Case]) -> Iterator[str]:
    """Why a run could not be graded; only where the judge is not to blame, what else failed."""
    broken = [case for case in cases if case.judge_failed]
    for case in broken or cases:
        if case.check.status not in (Status.PASSED, Status.SKIPPED):
            several = case.name != case.check.name
            yield f"{case.name}\n{case.text}" if several else case.text


def summed(cases: Sequence[Case]) -> Case:
    """One test in place of many, for where there is no room for them."""
    passed = [case for case in cases if case.passed]
    status = Status.ERROR if any(case.judge_failed for case in cases) else Status.FAILED
    message = f"{len(passed)} of {len(cases)} tests passed; there is no room to list them here"
    check = CheckResult(
        "all tests",
        Status.PASSED if len(passed) == len(cases) else status,
        sum(case.check.score for case in cases),
        sum(case.check.max_score for case in cases),
        message,
    )
    return Case(None, check, check.name, message, sum(case.seconds for case in cases))


def share(entry: Entry) -> float:
    """How much of its points a submission earned, from 0 to 1."""
    checks = list(_checks(entry))
    most = sum(check.max_score for check in checks)
    if not most:
        return float(all(check.status is Status.PASSED for check in checks))
    return min(1.0, sum(check.score for check in checks) / most)


def mean_share(entries: Sequence[Entry]) -> float:
    """What submissions earned on average, from 0 to 1; each counts the same."""
    return sum(map(share, entries)) / len(entries) if entries else 0.0


def _run(status: Status, message: str) -> Case:
    return Case(None, CheckResult("run", status, 0, 0, message), "run", message)


def _checks(entry: Entry) -> Iterator[CheckResult]:
    """The checks, one of which fails if the submission was not accepted or there are none."""
    wrong = Status.ERROR if telling.judge_failed(entry) else Status.FAILED
    if isinstance(entry, Ungraded):
        yield CheckResult("submission", wrong, 0, 0, entry.message)
        return
    checks = entry.judgement.checks
    yield from (_settled(check, wrong) for check in checks)
    if not checks or not (entry.accepted or any(map(_failing, checks))):
        yield CheckResult("verdict", wrong, 0, 0, str(entry.judgement.verdict))


def _failing(check: CheckResult) -> bool:
    return check.status in (Status.FAILED, Status.ERROR)


def _settled(check: CheckResult, wrong: Status) -> CheckResult:
    status = wrong if _failing(check) else check.status
    return replace(
        check, status=status, score=_points(check.score), max_score=_points(check.max_score)
    )


def _points(value: float) -> float:
    # What is not a number is not greater than anything.
    return min(value, MOST_POINTS) if value >= LEAST_POINTS else 0.0


def _text(entry: Entry, check: CheckResult, first: bool) -> str:
    faultless = check.status is not Status.PASSED and telling.judge_failed(entry)
    parts = [telling.JUDGE_FAILED] if faultless else []
    parts.append("\n".join(telling.check_lines(check)))
    if first and isinstance(entry, Report):
        parts.append(telling.example_text(entry.judgement.counterexample))
    return "\n\n".join(part for part in parts if part) or f"{check.name}: {check.status}"
