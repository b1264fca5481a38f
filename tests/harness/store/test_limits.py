from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from harness.store.database import Database
from harness.store.limits import Rate, forget, give_back, take

RATE = Rate(3, timedelta(hours=1))


def test_of_many_at_once_so_many_get_one(database: Database) -> None:
    def ask(_: int) -> float | None:
        with database.write() as connection:
            return take(connection, "new", RATE)

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(ask, range(16)))
    assert waits.count(None) == RATE.most
    assert all(0 < wait <= 1200 for wait in waits if wait is not None)


def test_what_is_given_back_can_be_taken_again(database: Database) -> None:
    with database.write() as connection:
        give_back(connection, "a", RATE)
        assert [take(connection, "a", RATE) for _ in range(3)] == [None] * 3
        assert take(connection, "a", RATE) is not None
        give_back(connection, "a", RATE)
        assert take(connection, "a", RATE) is None
        forget(connection, timedelta(0))
        give_back(connection, "a", RATE)
        assert take(connection, "a", RATE) is None
