"""What holds for every run there can be: each format's reader takes it, and reads the outcome."""

from __future__ import annotations

import base64
import json
from typing import Any

from hypothesis import given
from junitparser import JUnitXml

from graders.verdict import Status
from harness.report.formats import (
    classroom,
    ctrf,
    exercism,
    gradescope,
    junit,
    prairielearn,
    sarif,
)
from harness.report.formats.cases import cases
from harness.report.results import Results
from tests.harness.report.formats.strategies import MANY, RESULTS
from tests.harness.report.formats.validity import parsed


def _passes(results: Results) -> bool:
    return all(case.passed for case in cases(results))


def _blames_the_judge(results: Results) -> bool:
    return any(case.judge_failed for case in cases(results))


@MANY
@given(RESULTS)
def test_junit(results: Results) -> None:
    text = junit.render(results)
    document: Any = JUnitXml.fromstring(text.encode())
    found = [case for suite in document for case in suite]
    wanted = cases(results)
    assert [case.is_passed for case in found] == [case.passed for case in wanted]
    counted = (document.tests, document.failures, document.errors, document.skipped)
    statuses = [case.check.status for case in wanted]
    rest = (Status.FAILED, Status.ERROR, Status.SKIPPED)
    assert counted == (len(wanted), *map(statuses.count, rest))
    assert "##[" not in text


@MANY
@given(RESULTS)
def test_ctrf(results: Results) -> None:
    inner = parsed(ctrf.render(results), "ctrf-0.0")["results"]
    statuses = [test["status"] for test in inner["tests"]]
    summary = inner["summary"]
    for status in ("passed", "failed", "skipped", "pending", "other"):
        assert summary[status] == statuses.count(status)
    assert summary["tests"] == len(statuses)
    assert (summary["failed"] == 0) == _passes(results)


@MANY
@given(RESULTS)
def test_sarif(results: Results) -> None:
    [run] = parsed(sarif.render(results), "sarif-2.1.0", "sarif-github")["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    done = run["invocations"][0]["executionSuccessful"]
    assert done == (bool(results.entries) and not _blames_the_judge(results))
    errors = [result for result in run["results"] if result["level"] == "error"]
    assert (done and not errors) == _passes(results)


@MANY
@given(RESULTS)
def test_gradescope(results: Results) -> None:
    document = parsed(gradescope.render(results), "gradescope")
    tests = document["tests"]
    assert all(test["status"] == "passed" for test in tests) == _passes(results)
    total = sum(test["score"] for test in tests)
    assert abs(document["score"] - (0 if results.unfinished else total)) <= 1e-5 * max(1, total)


@MANY
@given(RESULTS)
def test_prairielearn(results: Results) -> None:
    text = prairielearn.render(results)
    assert len(text.encode()) <= 1_000_000
    document = parsed(text, "prairielearn")
    if _blames_the_judge(results) or not results.entries:
        assert not document["gradable"]
    if _passes(results):
        assert document["gradable"]


@MANY
@given(RESULTS)
def test_exercism(results: Results) -> None:
    document = parsed(exercism.render(results), "exercism")
    assert (document["status"] == "pass") == _passes(results)
    if _blames_the_judge(results):
        assert document["status"] == "error"


@MANY
@given(RESULTS)
def test_classroom(results: Results) -> None:
    text = classroom.render(results)
    assert len(text) < 128 << 10
    document = parsed(base64.b64decode(text, validate=False).decode("utf-8"), "classroom")
    tests, most = document["tests"], document["max_score"]
    assert (document["status"] == "pass") == _passes(results)
    assert (document["status"] == "error") == _blames_the_judge(results)
    shown = sum(test["status"] == "pass" for test in tests) / len(tests) * most
    posted = sum(test["score"] for test in tests)
    assert abs(shown - posted) <= 1e-9 * max(1, most)


@MANY
@given(RESULTS)
def test_no_document_commands_the_program_whose_log_it_is_printed_to(results: Results) -> None:
    for renderer in (junit, ctrf, sarif, gradescope, prairielearn, exercism, classroom):
        text = renderer.render(results)
        assert text.endswith("\n")
        assert "##[" not in text
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
        assert text == renderer.render(results)


def test_texts_come_through_json_as_they_were(wrong: Results) -> None:
    text = gradescope.render(wrong)
    assert "\n::error::not an error" in json.loads(text)["output"]
