from __future__ import annotations

from dataclasses import replace

import pytest

from harness.report.document import Output
from harness.report.formats import exercism
from harness.report.results import Results
from tests.harness.report.formats import kept
from tests.harness.report.formats.conftest import RAISED, WRONG
from tests.harness.report.formats.validity import parsed


@pytest.mark.parametrize("name", ["accepted", "wrong", "broken", "mixed", "unfinished", "nothing"])
def test_the_document_is_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    kept.check(f"exercism.{name}.json", exercism.render(request.getfixturevalue(name)))


def test_a_learner_reads_what_is_wrong(wrong: Results) -> None:
    document = parsed(exercism.render(wrong), "exercism")
    assert (document["status"], document["message"]) == ("fail", None)
    first, _ = document["tests"]
    assert first["status"] == "fail"
    assert first["message"].startswith("wrong on 254 of 256 batches\nThe gradient lacks")


def test_the_judges_fault_is_an_error(broken: Results) -> None:
    document = parsed(exercism.render(broken), "exercism")
    assert document["status"] == "error"
    assert document["message"].startswith("The judge failed, not your program.")
    assert {test["status"] for test in document["tests"]} == {"error"}
    assert all(test["message"].startswith("The judge failed") for test in document["tests"])


def test_a_program_that_could_not_be_tested_is_an_error_that_says_why(wrong: Results) -> None:
    document = parsed(exercism.render(replace(wrong, entries=(RAISED,))), "exercism")
    assert document["status"] == "error"
    assert document["message"].startswith("ZeroDivisionError: division by zero")
    assert "The judge failed" not in document["message"]
    assert document["tests"][0]["status"] == "fail"


@pytest.mark.parametrize("length", [499, 500, 501, 5_000])
def test_output_is_limited_and_says_so(wrong: Results, length: int) -> None:
    report = replace(WRONG, output=Output("x" * length))
    document = parsed(exercism.render(replace(wrong, entries=(report,))), "exercism")
    output = document["tests"][0]["output"]
    assert len(output) <= 500
    assert output.endswith(exercism.TRUNCATED) == (length > 500)
