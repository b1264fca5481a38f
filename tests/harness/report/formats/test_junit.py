from __future__ import annotations

from typing import Any

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from harness.report.formats import junit
from harness.report.results import Results
from tests.harness.report.formats import kept


def _parsed(text: str) -> Any:
    return JUnitXml.fromstring(text.encode())


@pytest.mark.parametrize("name", ["accepted", "mixed", "unfinished", "nothing"])
def test_the_document_is_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    kept.check(f"junit.{name}.xml", junit.render(request.getfixturevalue(name)))


def test_a_reader_finds_failures_and_errors(mixed: Results) -> None:
    document = _parsed(junit.render(mixed))
    assert (document.tests, document.failures, document.errors, document.skipped) == (12, 4, 2, 4)
    suites = {suite.name: suite for suite in document}
    assert [type(outcome) for case in suites["class/dora.py"] for outcome in case.result] == [
        Error,
        Skipped,
        Skipped,
    ]
    [failed] = next(iter(suites["class/clé.py"])).result
    assert isinstance(failed, Failure)
    assert failed.message == "ZeroDivisionError: division by zero (while tracing with N=1, B=1)"
    first = next(iter(suites["class/bo b.py"]))
    assert first.system_out == "tracing <w> & ]]> \n::error::not an error\n"
    properties = {p.name: p.value for p in suites["class/anna.py"].properties()}
    assert properties["sha256"] == "ab" * 32
    assert properties["version.jax"] == "0.10.2"
