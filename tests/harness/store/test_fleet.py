from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from harness.store import fleet, queue
from harness.store.database import Database, now
from harness.store.fleet import Known, Refused
from harness.store.tables import versions, workers
from tests.harness.school import School, outcome, version

OLD, NEW = {"jax": "1"}, {"jax": "2"}


def join(database: Database, worker: str, packages: dict[str, str]) -> None:
    with database.write() as connection:
        fleet.join(connection, worker, packages, "strict", live_only=False)


def beat(database: Database, worker: str) -> bool:
    with database.write() as connection:
        return fleet.beat(connection, worker)


def last_heard(database: Database, worker: str, at: datetime) -> None:
    with database.write() as connection:
        mine = update(workers).where(workers.c.id == worker)
        connection.execute(mine.values(seen_at=at))


def test_workers_that_differ_do_not_work_together(database: Database) -> None:
    join(database, "w1", OLD)
    join(database, "w1", OLD)  # what was answered the first time was lost with the connection
    join(database, "w2", OLD)
    with pytest.raises(Refused, match=r"this worker has jax 2, but w\d judges with jax 1"):
        join(database, "w3", NEW)
    with database.write() as connection:
        fleet.leave(connection, "w1")
    last_heard(database, "w2", now() - fleet.ALIVE)
    join(database, "w3", NEW)


def test_a_worker_that_was_thought_to_be_gone_comes_back_only_to_its_like(
    database: Database,
) -> None:
    join(database, "w1", OLD)
    last_heard(database, "w1", now() - 2 * fleet.ALIVE)
    assert beat(database, "w1")
    last_heard(database, "w1", now() - 2 * fleet.ALIVE)
    join(database, "w2", NEW)
    assert not beat(database, "w1")
    assert beat(database, "w2")
    assert not beat(database, "nobody")


def test_a_worker_with_many_errors_is_taken_out_once(database: Database) -> None:
    join(database, "w1", OLD)
    with database.write() as connection:
        fleet.erred(connection, "w1", "no memory")
        fleet.did(connection, "w1")
        told = [fleet.erred(connection, "w1", "no memory") for _ in range(6)]
    assert told == [False] * 4 + [True] * 2
    assert not beat(database, "w1")
    with database.write() as connection:
        assert not fleet.erred(connection, "nobody", "no memory")


def test_what_waits_is_moved_to_the_version_of_now(school: School) -> None:
    bob = school.user("bob")
    early, running = school.submit(bob), school.submit(bob)
    first = school.claim()
    assert first is not None
    assert first.submission == early
    school.publish(2)
    second = school.claim("w2")
    assert second is not None
    assert (second.submission, second.version) == (running, version("sum", 2))
    with school.database.write() as connection:
        assert queue.forfeit(connection, "w1") == 1
        assert queue.stale(connection), "it waits for the old version"
        assert fleet.move(connection) == 1
        assert not queue.stale(connection)
        again = queue.claim(connection, "w1", [version("sum", 2)])
    assert again is not None
    assert again.submission == early


def test_versions_come_and_go_and_come(school: School) -> None:
    school.publish(2)
    school.publish(1)
    with school.database.read() as connection:
        chosen = select(versions.c.id).where(versions.c.current).order_by(versions.c.id)
        found = connection.execute(chosen).scalars().all()
    assert found == [version("mean"), version("sum")]


def test_a_problem_that_fails_for_several_is_taken_out_until_it_is_released(
    school: School,
) -> None:
    users = [school.user(name) for name in ("bob", "eve", "joe")]
    for _ in range(5):
        school.handed_in(users[0], "judge_error")
    for user in users:
        school.submit(user)
    school.judge(*["judge_error"] * 3)
    last = school.submit(users[0])
    assert school.claim() is None, "it is taken out"
    with school.database.write() as connection:
        assert not fleet.release(connection, version("mean"))
        assert fleet.release(connection, version("sum"))
        assert not fleet.release(connection, version("sum"))
    school.submit(users[1])
    school.judge("judge_error", "accepted")
    school.handed_in(users[0], "accepted")
    assert school.verdict(last) == ("done", "judge_error")


def test_one_that_is_lost_again_and_again_speaks_against_its_problem(school: School) -> None:
    users = [school.user(name) for name in ("bob", "eve", "joe", "kim", "lea")]
    for user in users:
        school.submit(user)
    for _ in range(queue.ATTEMPTS * len(users)):
        claim = school.claim()
        assert claim is not None
        with school.database.write() as connection:
            assert queue.give_up(connection, claim, "the box fell over")
    school.submit(users[0])
    assert school.claim() is None


def test_the_same_is_quarantined_once(school: School) -> None:
    with school.database.write() as connection:
        assert fleet.quarantine(connection, version("sum"), "broken")
        assert not fleet.quarantine(connection, version("sum"), "broken again")


def test_who_gave_a_judging_back_has_no_say_in_it(school: School) -> None:
    school.submit(school.user("bob"))
    first = school.claim("w1")
    assert first is not None
    with school.database.write() as connection:
        assert queue.put_back(connection, first)
    second = school.claim("w2")
    assert second is not None
    assert second.attempt == first.attempt
    with school.database.write() as connection:
        assert not queue.put_back(connection, first)
        assert not queue.renew(connection, first, timedelta(1))
        assert not queue.finish(connection, first, outcome("wrong_answer"))
        assert not queue.give_up(connection, first, "late")
        assert queue.finish(connection, second, outcome("accepted"))


def test_a_version_is_known_from_several_at_once(school: School) -> None:
    known = [Known("other-1", "other", "Other", "easy")]
    with school.database.write() as connection:
        fleet.know(connection, known)
        fleet.know(connection, known)
    school.problems = ("other",)
    school.publish(1)
    assert school.submit(school.user("bob"), "other")


def test_clocks_that_differ_or_are_set_bring_no_strangers_together(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of PostgreSQL counts; on SQLite there is one machine, whose clock may be set."""
    hour, machine = timedelta(hours=1), now()
    monkeypatch.setattr("harness.store.database.now", lambda: machine + hour)
    join(database, "ahead", OLD)
    monkeypatch.setattr("harness.store.database.now", lambda: machine - hour)
    if database.kind == "sqlite":
        join(database, "later", NEW)  # nobody was heard of at that time
        assert not beat(database, "ahead")
        return
    with pytest.raises(Refused, match="but ahead judges with jax 1"):
        join(database, "behind", NEW)
    join(database, "behind", OLD)
    monkeypatch.undo()
    with pytest.raises(Refused):
        join(database, "right", NEW)


def test_one_that_is_gone_keeps_nobody_out_where_a_clock_was_set_back(database: Database) -> None:
    join(database, "w1", OLD)
    last_heard(database, "w1", now() + timedelta(hours=1))
    join(database, "w2", NEW)
    assert beat(database, "w2")
