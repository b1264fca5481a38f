from __future__ import annotations

from harness.store import accounts, classes, seeing
from harness.store.accounts import Account
from harness.store.history import Wanted, listed
from tests.harness.school import School


def seen(school: School, user: Account) -> set[str]:
    """What a user sees, in lists and one by one."""
    root = Account("root", "root", "operator", None, user.created_at, None)
    with school.database.read() as connection:
        every = [row.id for row in listed(connection, root, Wanted(), 99)]
        found = {row.id for row in listed(connection, user, Wanted(), 99)}
        assert found == {id for id in every if seeing.one(connection, user, id) is not None}
    return found


def test_who_teaches_sees_what_learners_of_the_class_handed_in(school: School) -> None:
    ada, eve = school.user("ada", "instructor"), school.user("eve", "instructor")
    bob, cyd = school.user("bob"), school.user("cyd")
    id, other = school.create(ada), school.create(eve)
    early = school.submit(bob)
    school.join(id, bob)
    school.join(other, bob, cyd)
    through, elsewhere = (school.submit(bob, "sum", school.set(each)) for each in (id, other))
    practised, own = school.submit(cyd), school.submit(ada)
    assert seen(school, ada) == {early, through, elsewhere, own}
    assert seen(school, eve) == {early, through, elsewhere, practised}
    assert seen(school, bob) == {early, through, elsewhere}
    assert seen(school, school.user("new", "instructor")) == set()
    every = {early, through, elsewhere, practised, own}
    assert seen(school, school.user("op", "operator")) == every


def test_of_who_has_left_it_is_what_was_handed_in_through_sets(school: School) -> None:
    ada, bob = school.user("ada", "instructor"), school.user("bob")
    id = school.create(ada)
    school.join(id, bob)
    through, _ = school.submit(bob, "sum", school.set(id)), school.submit(bob)
    with school.database.write() as connection:
        classes.remove(connection, id, bob.id)
        classes.rename(connection, id, "Old", archived=True)
    assert seen(school, ada) == {through}


def test_who_teaches_no_longer_sees_their_own(school: School) -> None:
    ada, eve = school.user("ada", "instructor"), school.user("eve", "instructor")
    bob, id = school.user("bob"), school.create(ada)
    school.join(id, bob)
    handed, own = school.submit(bob), school.submit(ada)
    with school.database.write() as connection:
        classes.let_teach(connection, id, eve, True)
    assert seen(school, eve) == {handed}
    with school.database.write() as connection:
        accounts.set_role(connection, ada.id, "learner")
        classes.remove(connection, id, eve.id)
        demoted = accounts.by_id(connection, ada.id)
    assert demoted is not None
    assert seen(school, demoted) == {own}
    assert seen(school, eve) == set()


def test_an_instructor_who_is_taken_in_is_seen_in_sets_only(school: School) -> None:
    ada, eve = school.user("ada", "instructor"), school.user("eve", "instructor")
    id = school.create(ada)
    with school.database.write() as connection:
        classes.let_teach(connection, id, eve, True)
    school.submit(eve)
    assert seen(school, ada) == set()
    with school.database.write() as connection:
        classes.let_teach(connection, id, eve, False)
    assert seen(school, ada) == set()
    through = school.submit(eve, "sum", school.set(id))
    assert seen(school, ada) == {through}
