from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from harness.store import limits
from harness.store.database import Database, now
from harness.store.limits import Rate, give_back, take

RATE = Rate(3, timedelta(seconds=30))


class Clock:
    def __init__(self) -> None:
        self.at = now()

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(limits, "now", clock)
    return clock


def test_a_bucket_empties_and_fills_again(database: Database, clock: Clock) -> None:
    with database.write() as connection:
        assert [take(connection, "a", RATE) for _ in range(3)] == [None] * 3
        assert take(connection, "a", RATE) == pytest.approx(10)
        assert take(connection, "b", RATE) is None
        clock.at += timedelta(seconds=4)
        assert take(connection, "a", RATE) == pytest.approx(6)
        clock.at += timedelta(seconds=6)
        assert take(connection, "a", RATE) is None
        assert take(connection, "a", RATE) == pytest.approx(10)
        clock.at -= timedelta(hours=1)
        assert take(connection, "a", RATE) == pytest.approx(10)  # and not for an hour
        clock.at += timedelta(seconds=10)
        assert take(connection, "a", RATE) is None


def test_what_is_given_back_can_be_taken_again(database: Database, clock: Clock) -> None:
    with database.write() as connection:
        give_back(connection, "a", RATE)  # there is none
        for _ in range(2):
            assert [take(connection, "a", RATE) for _ in range(3)] == [None] * 3
            assert take(connection, "a", RATE) is not None
            for _ in range(5):
                give_back(connection, "a", RATE)


def test_many_at_once_get_no_more(database: Database) -> None:
    granted = []

    def ask() -> None:
        with database.write() as connection:
            granted.append(take(connection, "a", RATE))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(granted) == 8
    assert granted.count(None) == 3
