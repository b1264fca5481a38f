from __future__ import annotations

import pytest

from harness.store import classes
from harness.store.classes import Unchanged
from tests.harness.school import School


def test_one_joins_by_the_code_a_class_has_now(school: School) -> None:
    ada, bob = school.user("ada", "instructor"), school.user("bob")
    id = school.create(ada, "  Loops \n and scans ")
    with school.database.write() as connection:
        (mine,) = classes.of(connection, ada)
        assert (mine.name, mine.teaches) == ("Loops and scans", True)
        code = classes.renew_code(connection, id)
        with pytest.raises(Unchanged, match="no class has this code"):
            classes.join(connection, bob.id, mine.code)
        typed = f" {code[:4]}-{code[4:].lower()} "
        assert classes.join(connection, bob.id, typed) == id
        assert classes.join(connection, bob.id, code) == id
        assert [m.name for m in classes.members_of(connection, id)] == ["ada", "bob"]
        found = classes.one(connection, bob, id)
        assert found is not None
        assert not found.teaches


def test_a_class_is_seen_by_its_members_and_operators(school: School) -> None:
    ada, bob = school.user("ada", "instructor"), school.user("bob", "instructor")
    root = school.user("root", "operator")
    id = school.create(ada)
    with school.database.read() as connection:
        assert classes.one(connection, bob, id) is None
        assert classes.of(connection, bob) == []
        seen = classes.one(connection, root, id)
        assert seen is not None
        assert seen.teaches
        assert [c.id for c in classes.every(connection, root, 5)] == [id]
        assert classes.every(connection, root, 5, id) == []


def test_nobody_joins_a_class_that_is_full_or_archived(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = school.user("ada", "instructor"), school.user("bob")
    id = school.create(ada)
    with school.database.write() as connection:
        code = classes.renew_code(connection, id)
        monkeypatch.setattr(classes, "MOST_MEMBERS", 1)
        with pytest.raises(Unchanged, match="full"):
            classes.join(connection, bob.id, code)
        classes.rename(connection, id, "Old", archived=True)
        with pytest.raises(Unchanged, match="no class has this code"):
            classes.join(connection, bob.id, code)


def test_a_class_keeps_somebody_who_teaches_it(school: School) -> None:
    ada, bob = school.user("ada", "instructor"), school.user("bob", "instructor")
    eve = school.user("eve")
    id = school.create(ada)
    with school.database.write() as connection:
        with pytest.raises(Unchanged, match="somebody who teaches"):
            classes.remove(connection, id, ada.id)
        with pytest.raises(Unchanged, match="somebody who teaches"):
            classes.let_teach(connection, id, ada, teaches=False)
        with pytest.raises(Unchanged, match="no instructor"):
            classes.let_teach(connection, id, eve, teaches=True)
        with pytest.raises(Unchanged, match="no such member"):
            classes.let_teach(connection, id, eve, teaches=False)
        classes.let_teach(connection, id, bob, teaches=True)
        classes.let_teach(connection, id, ada, teaches=False)
        classes.remove(connection, id, ada.id)
        with pytest.raises(Unchanged, match="no such member"):
            classes.remove(connection, id, ada.id)
        assert [m.name for m in classes.members_of(connection, id)] == ["bob"]


@pytest.mark.parametrize("name", ["", " \t ", "a" * 81, "bell\a"])
def test_a_class_has_a_name(school: School, name: str) -> None:
    ada = school.user("ada", "instructor")
    with pytest.raises(Unchanged, match="expected a name"):
        school.create(ada, name)
