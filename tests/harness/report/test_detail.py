from __future__ import annotations

from dataclasses import replace

import pytest

from graders.verdict import Finding
from harness.report.detail import MOST, limited, limited_document
from harness.report.document import Report
from harness.report.jsondoc import compact, to_document


def _finding(report: Report) -> Finding:
    return report.judgement.checks[0].findings[0]


def test_everything_is_told_at_the_highest_level(wrong_answer: Report) -> None:
    advised = replace(_finding(wrong_answer), hint="Multiply by x.")
    check = replace(wrong_answer.judgement.checks[0], findings=(advised,))
    judgement = replace(wrong_answer.judgement, checks=(check,))
    report = replace(wrong_answer, judgement=judgement)
    assert limited(report, MOST) == report
    assert _finding(limited(report, 2)) == replace(advised, hint="")


@pytest.mark.parametrize("level", range(MOST + 1))
def test_each_level_tells_more(wrong_answer: Report, level: int) -> None:
    found = limited(wrong_answer, level)
    finding = _finding(found)
    assert finding.message == _finding(wrong_answer).message
    assert (finding.where is not None) == (level >= 1)
    assert (found.judgement.counterexample is not None) == (level >= 1)
    assert (found.program is not None) == (level >= 1)
    assert bool(finding.cause) == (level >= 2)
    assert bool(finding.hint) == (level >= 3)
    assert found.judgement.verdict is wrong_answer.judgement.verdict
    assert found.judgement.score == wrong_answer.judgement.score


@pytest.mark.parametrize("level", range(MOST + 1))
def test_a_document_tells_as_much_as_the_report(wrong_answer: Report, level: int) -> None:
    document = limited_document(to_document(wrong_answer), level)
    assert compact(document) == compact(to_document(limited(wrong_answer, level)))
