from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given

from graders.verdict import CheckResult, Judgement, Status, Verdict
from harness.report.document import Report, Ungraded
from harness.report.formats import telling
from harness.report.formats.cases import MOST_POINTS, cases, mean_share, of_entry, share
from harness.report.results import Results
from tests.harness.report.formats.strategies import MANY, RESULTS


def _report(results: Results) -> Report:
    [entry] = results.entries
    assert isinstance(entry, Report)
    return entry


def test_one_submission_is_named_by_its_checks_and_several_by_file_too(
    wrong: Results, mixed: Results
) -> None:
    assert [case.name for case in cases(wrong)] == ["correctness", "structure"]
    names = [case.name for case in cases(mixed)]
    assert names[0] == "class/anna.py: correctness"
    assert names[-2:] == ["class/emil.py: submission", "class/fay.py: submission"]


def test_an_error_is_the_judges_and_a_failure_the_learners(mixed: Results) -> None:
    found = {case.name: case.check.status for case in cases(mixed)}
    assert found["class/clé.py: program"] is Status.FAILED
    assert found["class/clé.py: correctness"] is Status.SKIPPED
    assert found["class/dora.py: program"] is Status.ERROR
    assert found["class/emil.py: submission"] is Status.FAILED
    assert found["class/fay.py: submission"] is Status.ERROR


def test_nothing_and_an_early_end_are_tests_that_do_not_pass(
    nothing: Results, unfinished: Results
) -> None:
    [case] = cases(nothing)
    assert (case.text, case.passed, case.judge_failed) == (telling.NOTHING, False, False)
    *rest, last = cases(unfinished)
    assert all(case.passed for case in rest)
    assert last.judge_failed
    assert (
        last.text
        == "The run ended early, which is no fault of your program: interrupted after 1 of 3 files"
    )


def test_the_smallest_batch_is_shown_once_where_it_is_wrong(wrong: Results) -> None:
    shown = ["Smallest batch" in case.text for case in cases(wrong)]
    assert shown == [True, False]


def test_a_verdict_that_no_check_explains_fails_all_the_same(accepted: Results) -> None:
    report = _report(accepted)
    for checks in ((), report.judgement.checks):
        judgement = Judgement(Verdict.WRONG_ANSWER, checks)
        *_, last = of_entry(replace(report, judgement=judgement))
        assert (last.name, last.check.status) == ("verdict", Status.FAILED)
        assert last.text == "wrong_answer"
    [only] = of_entry(replace(report, judgement=Judgement(Verdict.ACCEPTED, ())))
    assert not only.passed


@pytest.mark.parametrize(
    ("written", "meant"), [(math.nan, 0), (-3.0, 0), (math.inf, MOST_POINTS), (2.5, 2.5)]
)
def test_points_are_numbers_that_programs_can_add(
    accepted: Results, written: float, meant: float
) -> None:
    check = CheckResult("correctness", Status.PASSED, written, written, "")
    judgement = Judgement(Verdict.ACCEPTED, (check,))
    [case] = of_entry(replace(_report(accepted), judgement=judgement))
    assert (case.check.score, case.check.max_score) == (meant, meant)


def test_what_a_submission_earned_is_a_share_of_what_it_could(
    accepted: Results, mixed: Results
) -> None:
    report = _report(accepted)
    right, built = report.judgement.checks
    half = Judgement(Verdict.WRONG_STRUCTURE, (right, replace(built, score=0)))
    assert share(replace(report, judgement=half)) == 0.6
    free = replace(right, score=0, max_score=0)
    assert share(replace(report, judgement=Judgement(Verdict.ACCEPTED, (free,)))) == 1
    assert share(replace(report, judgement=Judgement(Verdict.JUDGE_ERROR, ()))) == 0
    assert share(Ungraded("my.py", "file", "is empty")) == 0
    assert mean_share(mixed.entries) == pytest.approx(1 / 6)
    assert mean_share(()) == 0


@MANY
@given(RESULTS)
def test_all_tests_pass_only_if_all_was_accepted(results: Results) -> None:
    found = cases(results)
    assert found
    if all(case.passed for case in found):
        assert results.accepted
        assert not results.unfinished
    judged = [case for case in found if case.entry is not None and case.judge_failed]
    assert all(case.entry and telling.judge_failed(case.entry) for case in judged)
    for entry in results.entries:
        assert 0 <= share(entry) <= 1
        if telling.judge_failed(entry):
            assert Status.FAILED not in {case.check.status for case in of_entry(entry)}
