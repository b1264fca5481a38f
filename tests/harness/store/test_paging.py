from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.store.paging import cursor, position

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.text(alphabet="0123456789abcdef", min_size=1))
def test_a_cursor_leads_to_where_it_was_made(at: datetime, id: str) -> None:
    assert position(cursor(at, id)) == (at, id)


@pytest.mark.parametrize("text", ["", "x-1", "9" * 40 + "-1"])
def test_what_is_no_cursor_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="gave as its next"):
        position(text)
