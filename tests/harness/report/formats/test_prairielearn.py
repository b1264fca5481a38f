from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.report.document import Output, Ungraded
from harness.report.formats import prairielearn, telling
from harness.report.results import Results
from tests.harness.report.formats import kept
from tests.harness.report.formats.conftest import WRONG
from tests.harness.report.formats.validity import parsed


@pytest.mark.parametrize("name", ["accepted", "wrong", "broken", "mixed", "unfinished", "nothing"])
def test_the_document_is_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    kept.check(f"prairielearn.{name}.json", prairielearn.render(request.getfixturevalue(name)))


def _document(results: Results) -> Any:
    return parsed(prairielearn.render(results), "prairielearn")


def test_the_score_is_a_share(accepted: Results, wrong: Results) -> None:
    assert (_document(accepted)["score"], _document(wrong)["score"]) == (1, 0)
    assert _document(wrong)["gradable"]
    assert _document(wrong)["tests"][1]["max_points"] == 40
    assert _document(wrong)["message"] == "wrong_answer, 0/100 points"


def test_the_judges_fault_costs_no_attempt(broken: Results, unfinished: Results) -> None:
    document = _document(broken)
    assert not document["gradable"]
    assert [text.split("\n")[0] for text in document["format_errors"]] == [telling.JUDGE_FAILED]
    assert not _document(unfinished)["gradable"]


def test_what_cannot_be_judged_costs_no_attempt(nothing: Results) -> None:
    assert _document(nothing)["format_errors"] == [telling.NOTHING]
    document = _document(replace(nothing, entries=(Ungraded("my.py", "file", "my.py is empty"),)))
    assert not document["gradable"]
    assert document["format_errors"] == ["my.py is empty"]


def test_however_much_there_is_it_stays_within_a_megabyte(wrong: Results) -> None:
    loud = replace(WRONG, output=Output("é" * 60_000, "😀" * 60_000, True))
    few = prairielearn.render(replace(wrong, entries=(loud,) * 50))
    lost = (Ungraded("x" * 99, "file", "y" * 99),) * 4_000
    many = prairielearn.render(replace(wrong, entries=(loud, *lost)))
    assert max(len(few.encode()), len(many.encode())) <= prairielearn.MOST
    assert len(parsed(few, "prairielearn")["tests"]) == 100
    [only] = parsed(many, "prairielearn")["tests"]
    assert only["message"] == "0 of 4002 tests passed; there is no room to list them here"
