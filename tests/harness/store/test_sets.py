from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from harness.store import assignments, classes, sets, submissions
from harness.store.accounts import Account
from harness.store.assignments import Terms
from harness.store.database import now
from harness.store.sets import NotNow
from harness.store.submissions import KeyReused, Offered
from tests.harness.school import HOUR, PROBLEMS, School

TERMS = Terms("Week 1", PROBLEMS)


class Course:
    """A class with a teacher, a learner, and one set."""

    def __init__(self, school: School, terms: Terms) -> None:
        self.school = school
        self.ada, self.bob = school.user("ada", "instructor"), school.user("bob")
        self.id = school.create(self.ada)
        school.join(self.id, self.bob)
        self.set = school.set(self.id, terms)

    def refused(self, user: Account, problem: str = "sum", through: bool = True) -> str:
        """The code of what is said to a submission."""
        with pytest.raises(NotNow) as found:
            self.school.submit(user, problem, self.set if through else None)
        return found.value.code


def test_a_set_takes_what_is_in_it_from_its_class(school: School) -> None:
    course = Course(school, replace(TERMS, problems=("sum",)))
    id = school.submit(course.bob, "sum", course.set)
    with school.database.read() as connection:
        row = submissions.one(connection, id)
    assert row is not None
    assert row.set_id == course.set
    assert course.refused(course.bob, "mean") == "no_set"
    assert course.refused(school.user("eve")) == "no_set"


def test_it_takes_nothing_before_it_opens_and_after_its_deadline(school: School) -> None:
    course = Course(school, replace(TERMS, opens_at=now() + HOUR))
    assert course.refused(course.bob) == "not_open"
    school.close(course.set)
    assert course.refused(course.bob) == "closed"
    assert school.submit(course.bob)
    assert school.submit(course.ada, "sum", course.set), "who teaches is not bound"


def test_a_class_that_has_ended_takes_nothing(school: School) -> None:
    course = Course(school, TERMS)
    with school.database.write() as connection:
        classes.rename(connection, course.id, "Old", archived=True)
    assert course.refused(course.bob) == "closed"


def test_attempts_are_counted_but_for_judge_errors(school: School) -> None:
    course = Course(school, replace(TERMS, attempts=2))
    school.handed_in(course.bob, "judge_error", "sum", course.set)
    school.handed_in(course.bob, "wrong_answer", "sum", course.set)
    school.submit(course.bob, "sum", course.set)
    assert course.refused(course.bob) == "no_attempts"
    assert school.submit(course.bob, "mean", course.set)
    with school.database.read() as connection:
        assert sets.attempts(connection, course.bob.id, course.set) == {"sum": 2, "mean": 1}


def test_counted_attempts_are_not_got_around_by_practice(school: School) -> None:
    course = Course(school, replace(TERMS, attempts=2))
    assert course.refused(course.bob, through=False) == "in_a_set"
    assert school.submit(course.ada)
    school.submit(course.bob, "sum", course.set)
    school.submit(course.bob, "sum", course.set)
    assert course.refused(course.bob, through=False) == "no_attempts"
    school.close(course.set)
    assert school.submit(course.bob)


def test_what_is_handed_in_elsewhere_counts_and_the_strictest_set_holds(school: School) -> None:
    course = Course(school, replace(TERMS, attempts=2))
    ada, bob = course.ada, course.bob
    another = school.create(school.user("eve", "instructor"))
    school.join(another, ada, bob)
    free = school.set(another)
    looser = school.set(another, replace(TERMS, attempts=3))
    school.submit(bob, "sum", free)
    school.submit(bob, "sum", looser)
    school.handed_in(ada, "accepted", "sum", free)
    for through in (course.set, free, looser, None):
        with pytest.raises(NotNow, match=r"all 2 attempts at this problem in Week 1 are used$"):
            school.submit(bob, "sum", through)
    with school.database.read() as connection:
        used = {id: sets.attempts(connection, bob.id, id) for id in (course.set, free, looser)}
        told = sets.open_sets(connection, bob.id, "sum")
    assert used == {
        course.set: {"sum": 2, "mean": 0},
        free: {"sum": 1, "mean": 0},
        looser: {"sum": 2, "mean": 0},
    }
    assert {(each.id, each.attempts, each.used) for each in told} == {
        (course.set, 2, 2),
        (free, None, 1),
        (looser, 3, 2),
    }
    assert school.submit(ada, "sum", course.set), "who teaches is not bound"
    assert course.refused(ada, through=False) == "in_a_set", "but by a set of another class"
    school.close(course.set)
    assert school.submit(bob, "sum", free)
    with pytest.raises(NotNow, match="all 3 attempts"):
        school.submit(bob, "sum", free)


def test_who_joins_late_has_used_what_was_tried_since_it_opened(school: School) -> None:
    course = Course(school, replace(TERMS, attempts=2, deadline=now() + HOUR))
    late = school.user("late")
    for _ in range(2):
        school.submit(late)
    school.join(course.id, late)
    with pytest.raises(
        NotNow, match=r"are used; after its deadline, \d.* UTC, you can practise it"
    ):
        school.submit(late, "sum", course.set)
    assert school.submit(late, "mean", course.set)


def test_what_was_tried_before_it_opened_is_no_attempt(school: School) -> None:
    course = Course(school, replace(TERMS, problems=("mean",)))
    school.submit(course.bob)
    before = school.set(course.id, replace(TERMS, attempts=1, opens_at=now() - HOUR))
    school.submit(course.bob, "mean", course.set)
    with school.database.read() as connection:
        used = sets.attempts(connection, course.bob.id, before)
    assert used == {"sum": 0, "mean": 1}, "it could not open before it was made"
    soon = now() + HOUR
    with school.database.write() as connection:
        assignments.change(connection, before, replace(TERMS, attempts=1, opens_at=soon))
        assert sets.attempts(connection, course.bob.id, before) == {"sum": 0, "mean": 0}
    assert school.submit(course.bob)


@pytest.mark.parametrize("role", ["instructor", "operator"])
def test_who_does_not_learn_in_a_class_is_not_limited(school: School, role: str) -> None:
    course = Course(school, replace(TERMS, attempts=1))
    root = school.user("root", role)
    for _ in range(2):
        assert school.submit(root)
        assert school.submit(course.ada)
        assert school.submit(course.ada, "sum", course.set)


def test_two_at_once_do_not_get_past_the_last_attempt(school: School) -> None:
    course = Course(school, replace(TERMS, attempts=2))
    free = school.set(course.id)
    taken: list[str] = []
    refused: list[str] = []
    begin = threading.Barrier(4)

    def submit(through: str) -> None:
        begin.wait()
        try:
            taken.append(school.submit(course.bob, "sum", through))
        except NotNow as error:
            refused.append(error.code)

    ways = (course.set, free) * 2
    threads = [threading.Thread(target=submit, args=(through,)) for through in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), refused) == (2, ["no_attempts"] * 2)


def test_what_was_accepted_is_told_again_after_the_deadline(school: School) -> None:
    course = Course(school, TERMS)
    offered = Offered(
        course.bob.id, "sum", school.versions["sum"], "a.py", b"pass", course.set, "key"
    )
    with school.database.write() as connection:
        id, fresh = submissions.accept(connection, offered)
    assert fresh
    school.close(course.set)
    with school.database.write() as connection:
        assert submissions.accept(connection, offered) == (id, False)
        with pytest.raises(KeyReused):
            submissions.accept(connection, replace(offered, set_id=None))


def test_hints_are_those_of_the_strictest_open_set_until_its_deadline(school: School) -> None:
    course = Course(school, replace(TERMS, hints=1))
    school.set(course.id, replace(TERMS, hints=0, opens_at=now() + HOUR))
    school.set(course.id, replace(TERMS, hints=2))
    with school.database.read() as connection:
        assert sets.hints(connection, course.bob.id, "sum") == 1
        assert sets.hints(connection, course.ada.id, "sum") == 3
        assert sets.hints(connection, course.bob.id, "other") == 3
    school.close(course.set)
    with school.database.read() as connection:
        assert sets.hints(connection, course.bob.id, "sum") == 2
