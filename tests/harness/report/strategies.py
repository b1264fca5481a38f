"""Every report there can be, whatever a submission managed to put into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

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
from harness.report.document import Isolation, Output, Report

_nasty = st.sampled_from(
    ["\x1b[31m", "\u202e", "\x00", "\ud800", "\n::error::", "##[", "\r\n", "界", "]]>", '<&"', "😀"]
)
TEXTS = st.lists(st.text(max_size=8) | _nasty, max_size=3).map("".join)
_count = st.integers(0, 10**9)
_points = st.integers(0, 100) | st.floats()
_number = st.floats() | st.integers() | st.booleans() | st.fractions()
_value: st.SearchStrategy[Any] = st.recursive(
    _number,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=8,
)


def _mapping(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Mapping[str, Any]]:
    return st.dictionaries(TEXTS, values, max_size=2)


def _tuple(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=2).map(tuple)


_where = st.builds(Where, _count, TEXTS, TEXTS)
_finding = st.builds(Finding, TEXTS, TEXTS, TEXTS, st.none() | _where, TEXTS)
_check = st.builds(
    CheckResult,
    TEXTS,
    st.sampled_from(Status),
    _points,
    _points,
    TEXTS,
    _tuple(_finding),
    st.sampled_from(Verdict),
)
_pairs = st.dictionaries(TEXTS, st.tuples(_value, _value), max_size=3)
_moment = st.builds(Moment, _count, _mapping(_value), _mapping(_value), _pairs, st.booleans())
_example = st.builds(
    Counterexample,
    _mapping(_count),
    _mapping(_value),
    TEXTS,
    TEXTS,
    TEXTS,
    st.lists(_moment, max_size=12).map(tuple),
)
_evidence = st.builds(
    Evidence,
    _count,
    _tuple(_mapping(_count)),
    _tuple(TEXTS),
    st.sampled_from([None, True, False]),
    st.none() | TEXTS,
    _tuple(TEXTS),
    _tuple(TEXTS),
)
REPORTS = st.builds(
    Report,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    st.builds(Judgement, st.sampled_from(Verdict), _tuple(_check), st.none() | _example, _evidence),
    st.builds(Isolation, TEXTS, _tuple(TEXTS)),
    st.builds(Output, TEXTS, TEXTS, st.booleans()),
    _mapping(st.floats()),
    _mapping(TEXTS),
)
