from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harness.web.call import Refusal
from harness.web.pages import fields

AT = datetime(2030, 1, 31, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["2030-01-31T23:59", " 2030-01-31T23:59Z", "2030-02-01T00:59+01:00"]
)
def test_a_time_is_in_utc(typed: str) -> None:
    assert fields.moment({"at": typed}, "at") == AT
    assert fields.filled(AT) == "2030-01-31T23:59"


@pytest.mark.parametrize(
    "typed",
    ["tomorrow", "2030-01-31", "2030-13-01T00:00", "9999-12-31T23:00-01:00", "9" * 30, "a\x00"],
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="at: expected"):
        fields.moment({"at": typed}, "at")


def test_a_number_is_whole() -> None:
    assert fields.number({"n": " 12 "}, "n") == 12
    for typed in ("-1", "1.5", "²", "1" * 10):
        with pytest.raises(Refusal, match="n: expected a whole number"):
            fields.number({"n": typed}, "n")


def test_an_empty_field_is_nothing() -> None:
    assert fields.text({"a": "  "}, "a") is None
    assert fields.moment({}, "a") is None
    assert fields.number({}, "a") is None
    assert fields.filled(None) == ""
