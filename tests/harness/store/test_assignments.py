from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.store import assignments, classes, submissions
from harness.store.assignments import Terms
from harness.store.classes import Unchanged
from harness.store.database import now
from tests.harness.school import HOUR, PROBLEMS, School

TERMS = Terms("Week 1", PROBLEMS)


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (replace(TERMS, title=" "), "expected a name"),
        (replace(TERMS, problems=()), "found 0"),
        (replace(TERMS, problems=("nothing",)), "no problem 'nothing'"),
        (replace(TERMS, problems=("sum", "sum")), "twice"),
        (replace(TERMS, opens_at=now(), deadline=now() - HOUR), "not after the opening"),
        (replace(TERMS, attempts=0), "attempts"),
        (replace(TERMS, hints=4), "level of hints"),
    ],
)
def test_terms_that_make_no_sense_are_refused(terms: Terms, why: str) -> None:
    with pytest.raises(Unchanged, match=why):
        terms.checked(PROBLEMS)


def test_a_set_is_made_changed_and_dropped(school: School) -> None:
    ada = school.user("ada", "instructor")
    id = school.create(ada)
    first = school.set(id, replace(TERMS, title=" Week  1").checked(PROBLEMS))
    second = school.set(id, replace(TERMS, problems=("mean", "sum"), deadline=now() + HOUR))
    work = school.submit(ada, "sum", first)
    with school.database.write() as connection:
        one, two = assignments.sets_of(connection, id)
        assert (one.id, one.terms) == (first, TERMS)
        assert (two.id, two.terms.problems) == (second, ("mean", "sum"))
        assert [row.id for row in assignments.due(connection, ada.id)] == [second]
        assignments.change(connection, second, replace(TERMS, problems=("sum",), attempts=3))
        changed = assignments.one(connection, second)
        assert changed is not None
        assert (changed.terms.problems, changed.terms.attempts) == (("sum",), 3)
        assignments.drop(connection, first)
        assert assignments.one(connection, first) is None
        row = submissions.one(connection, work)
        assert row is not None
        assert row.set_id is None


def test_a_set_is_open_between_its_times(school: School) -> None:
    id = school.create(school.user("ada", "instructor"))
    school.set(id, replace(TERMS, opens_at=now() + HOUR))
    school.set(id, replace(TERMS, opens_at=now() - HOUR, deadline=now() + HOUR))
    school.set(id, replace(TERMS, deadline=now() - HOUR))
    with school.database.read() as connection:
        found = assignments.sets_of(connection, id)
    assert [(s.open, s.over) for s in found] == [(False, False), (True, False), (False, True)]


def test_a_class_has_so_many_sets(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    id = school.create(school.user("ada", "instructor"))
    monkeypatch.setattr(assignments, "MOST_SETS", 1)
    school.set(id)
    with pytest.raises(Unchanged, match="at most 1"):
        school.set(id)


@pytest.mark.parametrize(
    ("limits", "stays"),
    [
        ({"attempts": 1}, True),
        ({"hints": 2, "deadline": now() + HOUR}, True),
        ({"attempts": 1, "opens_at": now() + HOUR}, True),
        ({"attempts": 1, "hints": 0, "deadline": now() - HOUR}, False),
        ({"deadline": now() + HOUR}, False),
    ],
)
def test_nobody_leaves_to_get_around_limits(
    school: School, limits: dict[str, Any], stays: bool
) -> None:
    ada, bob, eve = school.user("ada", "instructor"), school.user("bob"), school.user("eve")
    id, other = school.create(ada), school.create(ada)
    school.join(id, bob, eve)
    school.join(other, bob)
    school.set(id, replace(TERMS, **limits))
    with school.database.write() as connection:
        assignments.leave(connection, other, bob.id)
        if stays:
            with pytest.raises(Unchanged, match="Week 1 goes on"):
                assignments.leave(connection, id, bob.id)
            classes.remove(connection, id, bob.id)
        else:
            assignments.leave(connection, id, bob.id)
        with pytest.raises(Unchanged, match="needs somebody"):
            assignments.leave(connection, id, ada.id)
