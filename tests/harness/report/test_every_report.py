"""What holds for every report there can be, whatever a submission managed to put into it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import harness.report
from graders.verdict import (
    CheckResult,
    Counterexample,
    Evidence,
    Finding,
    Judgement,
    Moment,
    Status,
    Verdict,
    Where,
)
from harness.report import jsondoc, terminal
from harness.report.document import Isolation, Output, Report
from harness.report.layout import columns

SCHEMA = Path(harness.report.__path__[0]) / "schema" / "report.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))

_nasty = st.sampled_from(
    ["\x1b[31m", "\u202e", "\x00", "\ud800", "\n::error::", "##[", "\r\n", "界"]
)
_text = st.lists(st.text(max_size=8) | _nasty, max_size=3).map("".join)
_count = st.integers(0, 10**9)
_points = st.integers(0, 100) | st.floats()
_number = st.floats() | st.integers() | st.booleans() | st.fractions()
_value: st.SearchStrategy[Any] = st.recursive(
    _number,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=2),
    max_leaves=8,
)


def _mapping(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Mapping[str, Any]]:
    return st.dictionaries(_text, values, max_size=2)


def _tuple(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=2).map(tuple)


_where = st.builds(Where, _count, _text, _text)
_finding = st.builds(Finding, _text, _text, _text, st.none() | _where)
_check = st.builds(
    CheckResult,
    _text,
    st.sampled_from(Status),
    _points,
    _points,
    _text,
    _tuple(_finding),
    st.sampled_from(Verdict),
)
_pairs = st.dictionaries(_text, st.tuples(_value, _value), max_size=3)
_moment = st.builds(Moment, _count, _mapping(_value), _mapping(_value), _pairs, st.booleans())
_example = st.builds(
    Counterexample,
    _mapping(_count),
    _mapping(_value),
    _text,
    _text,
    _text,
    st.lists(_moment, max_size=12).map(tuple),
)
_evidence = st.builds(
    Evidence,
    _count,
    _tuple(_mapping(_count)),
    _tuple(_text),
    st.sampled_from([None, True, False]),
    st.none() | _text,
    _tuple(_text),
    _tuple(_text),
)
REPORTS = st.builds(
    Report,
    _text,
    _text,
    _text,
    _text,
    st.builds(Judgement, st.sampled_from(Verdict), _tuple(_check), st.none() | _example, _evidence),
    st.builds(Isolation, _text, _tuple(_text)),
    st.builds(Output, _text, _text, st.booleans()),
    _mapping(st.floats()),
    _mapping(_text),
)


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
