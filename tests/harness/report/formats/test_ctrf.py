from __future__ import annotations

import pytest

from harness.report.formats import ctrf
from harness.report.results import Results
from tests.harness.report.formats import kept
from tests.harness.report.formats.validity import parsed


@pytest.mark.parametrize("name", ["accepted", "mixed", "unfinished", "nothing"])
def test_the_document_is_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    kept.check(f"ctrf.{name}.json", ctrf.render(request.getfixturevalue(name)))


def test_what_failed_says_where_and_why(mixed: Results) -> None:
    tests = parsed(ctrf.render(mixed), "ctrf-0.0")["results"]["tests"]
    found = {test["name"]: test for test in tests}
    raised = found["class/clé.py: program"]
    assert (raised["status"], raised["line"], raised["filePath"]) == ("failed", 7, "class/clé.py")
    assert "line 7 in step:  return w / 0" in raised["trace"]
    assert raised["duration"] == 140
    assert "trace" not in found["class/anna.py: correctness"]
    assert found["class/bo b.py: structure"]["stdout"] == [
        "tracing <w> & ]]> ",
        "::error::not an error",
    ]


def test_the_judges_faults_fail_but_are_told_apart(broken: Results) -> None:
    first, *_ = parsed(ctrf.render(broken), "ctrf-0.0")["results"]["tests"]
    assert (first["status"], first["rawStatus"]) == ("failed", "error")
    assert first["tags"] == ["judge_error"]
    assert first["trace"].startswith("The judge failed, not your program.")
