from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from harness.store import fleet, overview, rejudging
from harness.store.database import now
from harness.store.overview import DAY, Line
from harness.store.rejudging import Chosen
from harness.store.tables import workers
from tests.harness.school import School, version


def test_the_queue_is_told_by_priority(school: School) -> None:
    bob, root = school.user("bob"), school.user("root", "operator")
    with school.database.read() as connection:
        empty = overview.queue(connection)
    assert empty == {"live": Line(0, 0, None), "rejudge": Line(0, 0, None)}
    school.handed_in(bob)
    with school.database.write() as connection:
        rejudging.create(connection, root, Chosen(), None)
    school.submit(bob)
    school.submit(bob)
    assert school.claim() is not None
    with school.database.read() as connection:
        found = overview.queue(connection)
        sizes = overview.sizes(connection)
        verdicts = overview.verdicts(connection, DAY)
    assert (found["live"].waiting, found["live"].running, found["rejudge"].waiting) == (1, 1, 1)
    assert found["live"].oldest is not None
    assert (sizes["submissions"], sizes["judgings"], sizes["users"]) == (3, 4, 2)
    assert sizes["bytes"] > 0
    assert verdicts == {"accepted": 1}


def test_what_no_worker_can_judge_is_told(school: School) -> None:
    school.submit(school.user("bob"), "sum")
    with school.database.write() as connection:
        assert [tuple(row) for row in overview.unknown(connection)] == [("sum", "sum-1", 1)]
        fleet.join(connection, "w1", {}, "strict", False, school.versions.values())
        assert overview.unknown(connection) == []


def test_workers_are_told_with_their_state(school: School) -> None:
    with school.database.write() as connection:
        for id in ("working", "lost", "quarantined", "ended", "forgotten"):
            fleet.join(connection, id, {"jax": "1"}, "strict", live_only=False)
        for _ in range(fleet.WORKER_ERRORS):
            fleet.erred(connection, "quarantined", "no memory")
        fleet.leave(connection, "ended")
        for id, age in {"lost": timedelta(minutes=5), "forgotten": 2 * DAY}.items():
            seen = update(workers).where(workers.c.id == id).values(seen_at=now() - age)
            connection.execute(seen)
        found = {seen.id: (seen.state, seen.reason) for seen in overview.fleet(connection)}
    assert found == {
        "working": ("working", None),
        "lost": ("lost", None),
        "quarantined": ("quarantined", "no memory"),
        "ended": ("ended", None),
    }


def test_problems_that_are_taken_out_are_told(school: School) -> None:
    with school.database.write() as connection:
        fleet.quarantine(connection, version("sum"), "broken")
        (row,) = overview.quarantined(connection)
    assert (row.problem, row.reason) == ("sum", "broken")
