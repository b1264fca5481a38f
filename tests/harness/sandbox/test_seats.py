"""Children are given processors of their own, as far as there are any."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from harness.sandbox import seats
from harness.sandbox.seats import Seat
from tests.harness.sandbox.conftest import Ask

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names for sockets")
# No machine has so many: what runs beside these tests takes none of them.
_FIRST = 100_000


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """So many of them, with numbers that only this test has."""
    first = _FIRST + hash(request.node.name) % 1_000_000
    there = tuple(range(first, first + request.param))
    monkeypatch.setattr(seats, "available", lambda: there)


@contextmanager
def taken(count: int) -> Iterator[list[Seat]]:
    found = [seats.take() for _ in range(count)]
    try:
        yield found
    finally:
        for seat in found:
            seat.leave()


@linux
@pytest.mark.parametrize("processors", [8], indirect=True)
def test_no_two_have_the_same_until_all_are_taken(processors: None) -> None:
    with taken(4) as found:
        assert sorted(p for seat in found for p in seat.processors) == list(seats.available())
        with taken(1) as [another]:
            assert set(another.processors) in [set(seat.processors) for seat in found]
        left = found[2]
        left.leave()
        with taken(1) as [next_one]:
            assert set(next_one.processors) == set(left.processors)


@linux
@pytest.mark.parametrize("processors", [5], indirect=True)
def test_of_an_odd_number_each_gets_two_and_none_is_left_out(processors: None) -> None:
    with taken(3) as found:
        assert {len(seat.processors) for seat in found} == {2}
        assert {p for seat in found for p in seat.processors} == set(seats.available())


@pytest.mark.parametrize("processors", [0, 1, 2], indirect=True)
def test_where_there_are_few_all_have_all(processors: None) -> None:
    with taken(3) as found:
        assert [seat.processors for seat in found] == [seats.available()] * 3


def test_a_system_without_such_a_choice_has_none_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert seats.take().processors == ()


@linux
def test_a_child_runs_on_those_it_was_given(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    one = seats.available()[-1]
    source = "import os\nprint(os.sched_getaffinity(0))\ndef f(x):\n    return {'twice': x + x}\n"
    monkeypatch.setattr(seats, "available", lambda: (one,))
    assert ask(source).output[0] == f"{{{one}}}\n"
    monkeypatch.setattr(seats, "available", lambda: (_FIRST,))  # the system has no such one
    assert str(one) in ask(source).output[0]
