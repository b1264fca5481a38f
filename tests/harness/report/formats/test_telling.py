from __future__ import annotations

from dataclasses import replace

from graders.verdict import CheckResult, Finding, Judgement, Status, Verdict, Where
from harness.report.document import Report, Ungraded
from harness.report.formats import telling
from harness.report.results import Results


def _report(results: Results) -> Report:
    [entry] = results.entries
    assert isinstance(entry, Report)
    return entry


def test_a_failing_submission_is_told_in_the_order_a_learner_needs(wrong: Results) -> None:
    text = telling.explanation(_report(wrong))
    lines = text.split("\n")
    assert lines[:4] == [
        "correctness (0/60 points)",
        "wrong on 254 of 256 batches",
        "The gradient lacks the factor x.",
        "→ Differentiate (w * x - y)**2 with respect to w: the factor x stays.",
    ]
    assert text.index("structure (0/40 points)") < text.index("line 12 in train:  for x, y in")
    assert text.index("line 13") < text.index("Smallest batch that shows it: N = 2, B = 3")


def test_what_passed_needs_no_explanation(accepted: Results) -> None:
    report = _report(accepted)
    assert telling.explanation(report) == telling.headline(report) == "accepted, 100/100 points"


def test_the_judges_faults_are_told_as_such(broken: Results) -> None:
    report = _report(broken)
    assert telling.judge_failed(report)
    text = telling.explanation(report)
    assert text.startswith(telling.JUDGE_FAILED)
    assert "no memory is left" in text
    lost = Ungraded("my.py", "judge", "no memory")
    assert telling.explanation(lost) == f"{telling.JUDGE_FAILED}\n\nno memory"


def test_a_file_that_cannot_be_judged_says_why() -> None:
    entry = Ungraded("my.py", "file", "my.py is empty")
    assert not telling.judge_failed(entry)
    assert telling.explanation(entry) == "my.py is empty"
    assert telling.headline(entry) == "not graded"


def test_a_verdict_without_checks_is_told_all_the_same(wrong: Results) -> None:
    report = replace(_report(wrong), judgement=Judgement(Verdict.TIME_LIMIT_EXCEEDED, ()))
    assert telling.explanation(report) == "time_limit_exceeded, 0/0 points"


def test_of_many_findings_the_first_are_told() -> None:
    findings = tuple(Finding("code", f"thing {n}", where=Where(n)) for n in range(20))
    check = CheckResult("structure", Status.FAILED, 0, 0, "badly built", findings)
    lines = list(telling.check_lines(check))
    assert lines[:4] == ["badly built", "thing 0", "line 0", ""]
    assert lines[-1] == "\nand 8 more, all in the JSON report"
    assert telling.title(check) == "structure"


def test_why_a_run_ended_early_is_a_sentence() -> None:
    assert (
        telling.ended_early("interrupted")
        == "The run ended early, which is no fault of your program: interrupted"
    )
