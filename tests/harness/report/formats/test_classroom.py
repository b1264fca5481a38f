from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from harness.report import jsondoc
from harness.report.document import Ungraded
from harness.report.formats import classroom
from harness.report.results import Results
from tests.harness.report.formats import kept
from tests.harness.report.formats.conftest import RAISED, WRONG
from tests.harness.report.formats.validity import parsed


def _document(results: Results) -> Any:
    return parsed(base64.b64decode(classroom.render(results)).decode("utf-8"), "classroom")


@pytest.mark.parametrize("name", ["accepted", "wrong", "broken", "mixed", "unfinished", "nothing"])
def test_the_document_is_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    document = _document(request.getfixturevalue(name))
    kept.check(f"classroom.{name}.json", jsondoc.pretty(document))


def test_it_is_one_line(mixed: Results) -> None:
    assert classroom.render(mixed).count("\n") == 1


def test_every_test_is_worth_the_same(accepted: Results) -> None:
    document = _document(accepted)
    assert document["max_score"] == 100
    assert [test["score"] for test in document["tests"]] == [50, 50]
    assert [test["message"] for test in document["tests"]] == [None, None]


def test_what_failed_says_where(wrong: Results) -> None:
    tests = _document(wrong)["tests"]
    assert [test["status"] for test in tests] == ["fail", "fail"]
    assert (tests[1]["filename"], tests[1]["line_no"]) == ("class/bo b.py", 12)
    assert tests[1]["test_code"] == "jaxjudge submit 'class/bo b.py'"
    assert _document(replace(wrong, entries=(RAISED,)))["status"] == "fail"


def test_the_judges_fault_posts_no_points(broken: Results, unfinished: Results) -> None:
    for results in (broken, unfinished):
        document = _document(results)
        assert (document["status"], document["max_score"]) == ("error", 0)
        assert sum(test["score"] for test in document["tests"]) == 0


def test_it_fits_into_an_environment_variable(wrong: Results) -> None:
    for entries in ((WRONG,) * 60, (Ungraded("my.py", "file", "is empty"),) * 2_000):
        text = classroom.render(replace(wrong, entries=entries))
        assert len(text) <= 128 << 10
