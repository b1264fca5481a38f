"""What a report is worth to a program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graders.verdict import CheckResult, Judgement, Status, Verdict
from harness.errors import MachineError
from harness.report.document import Report


def _judged(report: Report, verdict: Verdict, *checks: CheckResult) -> Report:
    return replace(report, judgement=Judgement(verdict, checks))


def test_a_reward_is_the_share_of_the_points(wrong_answer: Report) -> None:
    assert wrong_answer.reward == float(wrong_answer) == 0.4
    full = CheckResult("structure", Status.PASSED, 0.3, 0.1 + 0.2, "")
    assert _judged(wrong_answer, Verdict.ACCEPTED, full).reward <= 1


@pytest.mark.parametrize(
    ("verdict", "reward"), [(Verdict.ACCEPTED, 1.0), (Verdict.WRONG_ANSWER, 0.0)]
)
def test_without_points_a_reward_is_all_or_nothing(
    wrong_answer: Report, verdict: Verdict, reward: float
) -> None:
    assert _judged(wrong_answer, verdict).reward == reward


def test_a_judge_error_has_no_reward(wrong_answer: Report) -> None:
    broken = CheckResult("program", Status.ERROR, 0, 0, "no room", (), Verdict.JUDGE_ERROR)
    with pytest.raises(MachineError, match=r"no reward for my\.py: the judge failed: no room"):
        float(_judged(wrong_answer, Verdict.JUDGE_ERROR, broken))


def test_a_report_introduces_itself_in_one_short_line(wrong_answer: Report) -> None:
    assert repr(wrong_answer) == "<Report wrong_answer 40/100 scan_training_step 'my.py'>"
    assert "\n" not in repr(replace(wrong_answer, name="a\nb"))
