from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graders.verdict import CheckResult, Finding, Judgement, Status, Verdict, Where
from harness.report.document import Report, Ungraded
from harness.report.formats import sarif
from harness.report.results import Results
from tests.harness.report.formats import kept
from tests.harness.report.formats.validity import parsed


@pytest.mark.parametrize("name", ["accepted", "mixed", "unfinished", "nothing"])
def test_the_document_is_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    kept.check(f"sarif.{name}.json", sarif.render(request.getfixturevalue(name)))


def _run(results: Results) -> Any:
    [run] = parsed(sarif.render(results), "sarif-2.1.0", "sarif-github")["runs"]
    return run


def test_a_finding_is_a_result_at_its_line(wrong: Results) -> None:
    found = {result["ruleId"]: result for result in _run(wrong)["results"]}
    assert set(found) == {"value", "no_scan", "growth"}
    [location] = found["no_scan"]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "class/bo%20b.py"
    assert location["physicalLocation"]["region"]["startLine"] == 12
    assert found["no_scan"]["message"]["text"].endswith("over x_batches and y_batches.")
    [location] = found["value"]["locations"]
    assert "region" not in location["physicalLocation"]


def test_what_passed_is_a_note_at_most(accepted: Results) -> None:
    [entry] = accepted.entries
    assert isinstance(entry, Report)
    noted = Finding("style", "a plain sum would do", where=Where(3))
    check = CheckResult("structure", Status.PASSED, 40, 40, "as asked", (noted,))
    report = replace(entry, judgement=Judgement(Verdict.ACCEPTED, (check,)))
    run = _run(replace(accepted, entries=(report,)))
    assert [result["level"] for result in run["results"]] == ["note"]
    assert run["invocations"][0]["executionSuccessful"]


def test_the_judges_faults_are_no_results(broken: Results) -> None:
    run = _run(broken)
    assert run["results"] == []
    [invocation] = run["invocations"]
    assert not invocation["executionSuccessful"]
    [note] = invocation["toolExecutionNotifications"]
    assert "no memory is left on this machine" in note["message"]["text"]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("my.py", "my.py"),
        ("/srv/class a/my.py", "srv/class%20a/my.py"),
        ("../x/./a:b?#%.py", "x/a%3Ab%3F%23%25.py"),
        ("é.py", "%C3%A9.py"),
        ("..", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_file_is_a_relative_reference(nothing: Results, name: str, uri: str) -> None:
    results = replace(nothing, entries=(Ungraded(name, "file", "is empty"),))
    [result] = _run(results)["results"]
    [location] = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_points_have_no_place(mixed: Results) -> None:
    assert "score" not in sarif.render(mixed)
    assert "points" not in sarif.render(mixed)
