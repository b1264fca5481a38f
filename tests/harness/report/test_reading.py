from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.view import Row
from harness.report import jsondoc
from harness.report.document import Report, Ungraded
from harness.report.jsondoc import ROWS_LIMIT, to_document
from harness.report.reading import read


def _written(document: dict[str, Any]) -> Any:
    return json.loads(jsondoc.compact(document))


def test_a_report_is_read_as_it_was_written(wrong_answer: Report) -> None:
    document = to_document(wrong_answer)
    found = read(_written(document))
    assert isinstance(found, Report)
    assert to_document(found) == document
    assert found.program == wrong_answer.program
    assert found.judgement.checks[0].findings == wrong_answer.judgement.checks[0].findings
    assert not found.accepted
    example = found.judgement.counterexample
    assert example is not None
    assert math.isnan(example.arguments["x_batches"][1][2])
    assert example.trajectory[1].gradients == {"w": (-2.0, 0.0)}


def test_what_is_absent_stays_absent(wrong_answer: Report) -> None:
    judgement = replace(wrong_answer.judgement, counterexample=None)
    found = read(_written(to_document(replace(wrong_answer, judgement=judgement, program=None))))
    assert isinstance(found, Report)
    assert (found.judgement.counterexample, found.program) == (None, None)


def test_a_file_without_a_report_is_read_as_it_was_written() -> None:
    entry = Ungraded("my.py", "file", "my.py is empty")
    assert read(_written(jsondoc.ungraded(entry))) == entry


def test_a_long_program_is_cut(wrong_answer: Report) -> None:
    assert wrong_answer.program is not None
    rows = (Row("x", 1, False),) * (ROWS_LIMIT + 7)
    program = replace(wrong_answer.program, rows=rows)
    found = read(_written(to_document(replace(wrong_answer, program=program))))
    assert isinstance(found, Report)
    assert found.program is not None
    assert len(found.program.rows) == ROWS_LIMIT + 1
    assert found.program.rows[-1].text == "... and 7 lines more"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "jaxjudge.report/2"}, "expected the schema jaxjudge.report/1"),
        ({"verdict": "fine"}, "verdict"),
        ({"checks": [3]}, "wrong type"),
        ({"timings": {"total": []}}, "total"),
        ({"program": 3}, "wrong type"),
        ({"submission": None}, "wrong type"),
    ],
)
def test_anything_else_is_refused(wrong_answer: Report, change: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read({**to_document(wrong_answer), **change})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_no_document_does_harm(wrong_answer: Report, data: st.DataObject) -> None:
    document = to_document(wrong_answer)
    key = data.draw(st.sampled_from(sorted(document)))
    changed: Any = data.draw(_JSON | st.just({**document, key: data.draw(_JSON)}))
    try:
        found = read(changed)
    except ValueError:
        return
    if isinstance(found, Report):
        jsondoc.compact(to_document(found))
