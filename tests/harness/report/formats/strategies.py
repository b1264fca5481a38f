"""Every run there can be, as renderers are given it: its texts have gone through a document."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal, get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from harness.report import jsondoc
from harness.report.document import Entry, Output, Report, Ungraded
from harness.report.reading import read
from harness.report.results import Results
from tests.harness.report.strategies import REPORTS, TEXTS

_LONG = "long \x1b😀]]>\n" * 3_000
_KINDS: tuple[Literal["file", "judge"], ...] = get_args(Literal["file", "judge"])


def _read(entry: Entry) -> Entry:
    if isinstance(entry, Report):
        return read(json.loads(jsondoc.compact(jsondoc.to_document(entry))))
    return read(json.loads(jsondoc.compact(jsondoc.ungraded(entry))))


def _chatty(report: Report) -> Report:
    return replace(report, output=Output(_LONG, _LONG, False))


_UNGRADED = st.builds(Ungraded, TEXTS, st.sampled_from(_KINDS), TEXTS | st.just(_LONG))
_ENTRIES = (REPORTS | REPORTS.map(_chatty) | _UNGRADED).map(_read)
RESULTS = st.builds(
    Results,
    st.lists(_ENTRIES, max_size=3).map(tuple),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.floats(0, 1e6),
    st.just("0.1.0"),
    st.just("") | st.just("") | st.just("interrupted"),
)
MANY = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
