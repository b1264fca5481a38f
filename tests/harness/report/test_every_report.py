"""What holds for every report there can be, whatever a submission managed to put into it."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import harness.report
from graders.verdict import Verdict
from harness.report import jsondoc, terminal
from harness.report.document import Report
from harness.report.layout import columns
from tests.harness.report.strategies import REPORTS

SCHEMA = Path(harness.report.__path__[0]) / "schema" / "report.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def _invisible(text: str) -> list[str]:
    unsafe = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return [char for char in text if char != "\n" and unicodedata.category(char) in unsafe]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    if isinstance(value, dict):
        return [text for item in value.items() for text in _strings(list(item))]
    return []


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_the_json_document_obeys_the_schema_and_is_strict_json(report: Report) -> None:
    text = jsondoc.render(report)
    document = json.loads(text, parse_constant=_refuse)
    VALIDATOR.validate(document)
    assert document == jsondoc.to_document(report)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_no_text_in_the_json_document_controls_anything(report: Report) -> None:
    text = jsondoc.render(report)
    assert text.isascii()
    assert "##[" not in text
    for string in _strings(json.loads(text)):
        assert not _invisible(string.replace("\t", ""))


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, st.integers(40, 120))
def test_every_line_fits_the_width_and_controls_nothing(report: Report, width: int) -> None:
    text = terminal.render(report, width=width)
    assert text.endswith("\n")
    for line in text.split("\n"):
        assert columns(line) <= width
        assert not _invisible(line)
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_colour_adds_nothing_but_colour(report: Report) -> None:
    coloured = terminal.render(report, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == terminal.render(report)
    assert terminal.render(report) == terminal.render(report)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_the_verdict_comes_first(report: Report) -> None:
    first = terminal.render(report, ascii=True).split("\n")[0]
    good = report.judgement.verdict is Verdict.ACCEPTED
    assert first.startswith(f"{'+' if good else 'x'} {report.judgement.verdict}")
