"""Batches with something taken from another."""

from __future__ import annotations

import numpy as np

from graders.inputs import Batch
from graders.swap import swapped, unlike
from tests.graders.varied import PARITY


def bits(start: bool, *values: bool) -> Batch:
    return Batch((("N", len(values)),), (np.array(start), np.array(values)))


def test_what_no_batch_tells_apart_is_changed() -> None:
    first = bits(True, True, False)
    other = unlike(PARITY, first, [first, first], ["start", "bits"])
    assert [value.tolist() for value in other.arguments] == [False, [False, True]]


def test_the_batch_that_differs_most_is_taken() -> None:
    first, near, far = bits(True, True, True), bits(True, True, False), bits(True, False, False)
    other = unlike(PARITY, first, [first, near, far], ["bits"])
    assert other.arguments[1] is far.arguments[1]


def test_rows_are_taken_from_another_batch_where_there_are_such() -> None:
    first, other = bits(True, True, True), bits(False, False, False)
    mixed = swapped(PARITY, first, other, ["bits"], 1)
    assert [value.tolist() for value in mixed] == [True, [True, False]]
    assert swapped(PARITY, first, other, ["bits"], 7)[1] is first.arguments[1]
    assert swapped(PARITY, first, other, ["start"])[0] is other.arguments[0]
