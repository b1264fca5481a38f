"""Every form of a verification, on one that has everything in it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema

from harness.report.page import ASCII, Page, Symbols
from harness.report.verified import jsondoc, junit, terminal
from harness.verification import Outcome, Point, Verification

PAGE = Page(80, False, Symbols())
GOOD = Verification(
    "good",
    "1f",
    [
        Point("package", "loads", Outcome.PASSED, "well formed"),
        *(Point("samples", f"accepted/{n}.py", Outcome.PASSED, "accepted") for n in range(5)),
        Point("samples", "wrong_answer", Outcome.WARNING, "there is no labelled sample"),
    ],
)
BAD = Verification(
    "bad",
    "2e",
    [
        Point("samples", "a\x1b.py", Outcome.FAILED, "expected accepted, found\nx", ("why", "not")),
        Point("package", "judge", Outcome.ERROR, "cannot start", (), 0.5),
    ],
)
SCHEMA = Path(jsondoc.__file__).parents[1] / "schema" / "verification.schema.json"

EXPECTED = """\
✓ good
  package  loads: well formed
  samples  5 as expected
! samples  wrong_answer: there is no labelled sample
"""


def test_what_passed_is_counted_and_the_rest_is_told() -> None:
    assert terminal.render(GOOD, PAGE) == EXPECTED
    text = terminal.render(BAD, PAGE)
    assert "✗ samples  a\\x1b.py: expected accepted, found" in text
    assert "      why\n      not\n" in text
    assert terminal.render(BAD, Page(80, False, ASCII)).isascii()


def test_the_total_names_what_failed() -> None:
    assert terminal.total([GOOD], PAGE) == "1 problem verified\n"
    assert terminal.total([BAD], PAGE) == "1 problem verified, 1 not as expected: bad\n"
    assert terminal.total([GOOD, BAD], PAGE).splitlines() == [
        "2 problems verified, 1 not as expected: bad",
        "✗ bad  samples  a\\x1b.py: expected accepted, found",
        "    x",
        "✗ bad  package  judge: cannot start",
    ]


def test_the_outcome_is_the_worst() -> None:
    assert (GOOD.outcome, GOOD.good) == (Outcome.WARNING, True)
    assert (BAD.outcome, BAD.good) == (Outcome.ERROR, False)
    assert Verification("none", "", []).outcome is Outcome.PASSED


def test_the_document_is_as_its_schema_says() -> None:
    document = json.loads(jsondoc.render([GOOD, BAD]))
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    assert document["good"] is False
    assert [found["outcome"] for found in document["problems"]] == ["warning", "error"]
    assert document["problems"][1]["points"][0]["name"] == "a\\x1b.py"


def test_junit_counts_failures_and_errors_and_holds_no_control_characters() -> None:
    root = ElementTree.fromstring(junit.render([GOOD, BAD]))
    good, bad = root.findall("testsuite")
    assert (good.get("tests"), good.get("failures"), good.get("errors")) == ("7", "0", "0")
    assert (bad.get("tests"), bad.get("failures"), bad.get("errors")) == ("2", "1", "1")
    case = bad.findall("testcase")[0]
    failure = case.find("failure")
    assert failure is not None
    assert failure.text == "expected accepted, found\nx\nwhy\nnot"
    assert bad.findall("testcase")[1].find("error") is not None
    assert good.findall("testcase")[6].find("system-out") is not None
