from __future__ import annotations

from dataclasses import replace

from sqlalchemy import event

from harness.store import assignments, results
from harness.store.assignments import Terms
from harness.store.database import now
from harness.store.results import Learner
from tests.harness.school import HOUR, PROBLEMS, School

TERMS = Terms("Week 1", PROBLEMS)


def rows(school: School, id: str, *sets: str, user: str | None = None) -> dict[str, Learner]:
    with school.database.read() as connection:
        return {row.name: row for row in results.of_class(connection, id, sets, user)}


def test_the_best_of_each_learner_at_each_problem(school: School) -> None:
    ada, bob, eve = school.user("ada", "instructor"), school.user("bob"), school.user("eve")
    id = school.create(ada)
    school.join(id, bob, eve)
    week = school.set(id)
    assert rows(school, id, week)["bob"].last is None
    school.handed_in(bob, "wrong_answer", "sum", week, score=40.0)
    best = school.handed_in(bob, "wrong_structure", "sum", week, score=60.0)
    school.handed_in(bob, "judge_error", "sum", week)
    school.handed_in(bob, "accepted", "mean", week)
    school.handed_in(bob, "accepted", "sum")  # practice
    school.handed_in(ada, "accepted", "sum", week)
    waiting = school.submit(eve, "sum", week)
    found = rows(school, id, week)
    assert list(found) == ["bob", "eve"]
    cell = found["bob"].cells["sum"]
    assert (cell.submission, cell.verdict, cell.score) == (best, "wrong_structure", 60.0)
    assert (cell.attempts, cell.late) == (2, False)
    assert (found["bob"].accepted, found["bob"].score) == (1, 160.0)
    assert found["bob"].last is not None
    assert found["eve"].cells["sum"].submission == waiting
    assert found["eve"].cells["sum"].verdict is None
    assert list(rows(school, id, week, user=eve.id)) == ["eve"]
    assert rows(school, id)["bob"].cells == {}


def test_what_is_late_comes_after_what_was_in_time(school: School) -> None:
    bob, eve = school.user("bob"), school.user("eve")
    id = school.create(school.user("ada", "instructor"))
    school.join(id, bob, eve)
    week = school.set(id)
    school.handed_in(bob, "wrong_answer", "sum", week)
    school.close(week)
    school.handed_in(bob, "accepted", "sum")
    school.handed_in(eve, "accepted", "sum")
    found = rows(school, id, week)
    assert (found["bob"].cells["sum"].verdict, found["bob"].accepted) == ("wrong_answer", 0)
    late = found["eve"].cells["sum"]
    assert (late.verdict, late.late, found["eve"].score) == ("accepted", True, 0.0)


def test_a_deadline_that_is_moved_counts_anew(school: School) -> None:
    bob = school.user("bob")
    id = school.create(school.user("ada", "instructor"))
    school.join(id, bob)
    week = school.set(id)
    school.handed_in(bob, "accepted", "sum", week)
    with school.database.write() as connection:
        assignments.change(connection, week, replace(TERMS, deadline=now() - HOUR))
    assert rows(school, id, week)["bob"].cells["sum"].late


def test_more_learners_take_no_more_queries(school: School) -> None:
    id = school.create(school.user("ada", "instructor"))
    week = school.set(id)
    asked: list[str] = []
    event.listen(
        school.database.engine, "before_cursor_execute", lambda *a: asked.append(str(a[2]))
    )
    counts: list[int] = []
    for name in ("bob", "eve", "joe"):
        user = school.user(name)
        school.join(id, user)
        school.submit(user, "sum", week)
        asked.clear()
        assert len(rows(school, id, week)) == len(counts) + 1
        counts.append(sum(text.startswith("SELECT") for text in asked))
    assert counts == [2, 2, 2]
