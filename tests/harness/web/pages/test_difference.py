from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from harness.web.pages import difference
from harness.web.pages.difference import Row, rows

TEXTS = st.lists(st.sampled_from("abc"), max_size=30).map("\n".join)


@given(TEXTS, TEXTS)
def test_both_texts_are_in_their_difference(old: str, new: str) -> None:
    found = rows(old, new)
    if not found:
        assert old == new
        return
    before, after = old.split("\n") if old else [], new.split("\n") if new else []
    for row in found:
        if not row.left_out:
            assert row.old is None or before[row.old - 1] == row.text
            assert row.new is None or after[row.new - 1] == row.text
    removed = [row.text for row in found if row.kind == "removed"]
    added = [row.text for row in found if row.kind == "added" and not row.left_out]
    left_out = sum(row.left_out for row in found)
    same = sum(row.kind == "same" for row in found) + left_out
    assert len(removed) + same == len(before)
    assert len(added) + same == len(after)


def test_what_is_far_from_a_change_is_left_out() -> None:
    lines = [str(n) for n in range(20)]
    found = rows("\n".join(lines), "\n".join([*lines[:10], "x", *lines[11:]]))
    assert found == [
        Row(left_out=7),
        *(Row(str(n), n + 1, n + 1) for n in (7, 8, 9)),
        Row("10", 11, None),
        Row("x", None, 11),
        *(Row(str(n), n + 1, n + 1) for n in (11, 12, 13)),
        Row(left_out=6),
    ]


def test_texts_made_to_be_slow_are_compared_soon() -> None:
    old = "\n".join(str(n % 150) for n in range(40_000))
    new = "\n".join(str(n % 149) for n in range(40_000))
    started = time.perf_counter()
    found = rows(f"same\n{old}", f"same\n{new}")
    assert time.perf_counter() < started + 2
    assert found[0] == Row(left_out=147)
    assert len(found) == difference._ROWS + 1
    assert found[-1].left_out > 0
