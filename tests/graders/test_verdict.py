from __future__ import annotations

import pytest

from graders.verdict import CheckResult, Judgement, Status, Verdict, fold


def check(status: Status, verdict: Verdict = Verdict.ACCEPTED, score: float = 0) -> CheckResult:
    return CheckResult("check", status, score, 50, "", (), verdict)


PASSED = check(Status.PASSED, score=50)
FAILED = check(Status.FAILED, Verdict.WRONG_ANSWER)
BUILT = check(Status.FAILED, Verdict.WRONG_STRUCTURE)
SKIPPED = check(Status.SKIPPED)


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([PASSED, PASSED], Verdict.ACCEPTED),
        ([PASSED, BUILT], Verdict.WRONG_STRUCTURE),
        ([BUILT, FAILED], Verdict.WRONG_ANSWER),
        ([SKIPPED, BUILT], Verdict.WRONG_STRUCTURE),
        ([FAILED, check(Status.ERROR, Verdict.TIME_LIMIT_EXCEEDED)], Verdict.TIME_LIMIT_EXCEEDED),
        ([check(Status.ERROR, Verdict.JUDGE_ERROR), FAILED], Verdict.JUDGE_ERROR),
        ([PASSED, SKIPPED], Verdict.JUDGE_ERROR),
        ([], Verdict.JUDGE_ERROR),
    ],
)
def test_a_verdict_is_the_gravest_of_its_checks(
    checks: list[CheckResult], verdict: Verdict
) -> None:
    assert fold(checks) is verdict


def test_points_add_up() -> None:
    judgement = Judgement(Verdict.WRONG_STRUCTURE, (PASSED, BUILT))
    assert (judgement.score, judgement.max_score) == (50, 100)
