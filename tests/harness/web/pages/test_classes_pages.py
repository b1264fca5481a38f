from __future__ import annotations

import re

import pytest

from harness.store import classes
from harness.store.assignments import Terms
from harness.web.pages import classes as pages
from tests.harness.online import Online, Person
from tests.harness.school import School

SUM, STEP = "scan_cumsum", "scan_training_step"


@pytest.fixture
def ada(local: Online) -> Person:
    return local.person("ada", "instructor")


@pytest.fixture
def bob(local: Online) -> Person:
    return local.person("bob")


@pytest.fixture
def course(ada: Person, bob: Person, school: School) -> str:
    """The path of a class that ada teaches, and bob learns in."""
    id = school.create(ada.account, "Loops & <scans>")
    school.join(id, bob.account)
    return f"/classes/{id}"


def page(person: Person, path: str, status: int = 200) -> str:
    answer = person.browser.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def last(path: str) -> str:
    return path.rpartition("/")[2]


def code(local: Online, person: Person, course: str) -> str:
    with local.database.read() as connection:
        found = classes.one(connection, person.account, last(course))
    assert found is not None
    return found.code


def test_a_class_is_made_joined_and_left(ada: Person, bob: Person, local: Online) -> None:
    assert "Make a class" not in page(bob, "/classes")
    assert bob.send("/classes", name="Mine").status_code == 403
    assert ada.send("/classes", name=" ").status_code == 409
    course = ada.send("/classes", name="Loops").headers["location"]
    assert bob.send("/classes/join", code="NOTHING").status_code == 409
    assert bob.send("/classes/join", code="a\x00").status_code == 422
    joined = bob.send("/classes/join", code=code(local, ada, course))
    assert joined.headers["location"] == course
    assert "Loops" in page(bob, "/classes")
    assert "you teach it" in page(ada, "/classes")
    assert bob.send(f"{course}/leave").headers["location"] == "/classes"
    page(bob, course, 404)
    root = local.person("root", "operator")
    assert "All other classes" in page(root, "/classes")
    assert "You teach or look after" not in page(root, course)


def test_a_class_shows_its_learners_to_who_teaches_it(
    ada: Person, bob: Person, course: str, local: Online, school: School
) -> None:
    assert "There is no problem set yet" in page(ada, course)
    eve = local.person("eve")
    school.join(last(course), eve.account)
    week = school.set(last(course), Terms("Week <1>", (SUM, STEP)))
    school.handed_in(bob.account, "wrong_answer", SUM, week, score=40.0)
    school.submit(eve.account, STEP, week)
    text = page(ada, course)
    assert "Loops &amp; &lt;scans&gt;" in text
    assert "Week &lt;1&gt;" in text
    assert "40.0 of 100.0" in text
    assert "waiting" in text
    order = [text.index(f'<th scope="row">{name}<') for name in ("bob", "eve")]
    assert order == sorted(order)
    rows = rows_of(page(ada, f"{course}?sort=score&order=rising&set={week}"))
    assert rows[:2] == ["eve", "bob"]
    assert 'aria-sort="descending"' in page(ada, f"{course}?sort={SUM}&order=falling")
    mine = page(eve, course)
    assert rows_of(mine) == ["eve"]
    assert "Code to join by" not in mine
    page(ada, f"{course}?set=nothing", 404)
    page(ada, f"{course}?set=%00", 404)


def rows_of(text: str) -> list[str]:
    return re.findall(r'<th scope="row">(\w+)</th>', text)


def test_many_learners_are_shown_in_parts(
    ada: Person, course: str, local: Online, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.join(last(course), school.user("eve"), school.user("joe"))
    school.set(last(course), Terms("Week", (SUM,)))
    monkeypatch.setattr(pages, "_PAGE", 2)
    first, second = page(ada, course), page(ada, f"{course}?page=2")
    assert "More learners" in first
    assert "Those before" in second
    assert rows_of(first)[:2] == ["bob", "eve"]
    assert rows_of(second)[0] == "joe"
    assert ada.browser.get(f"{course}?page=x").status_code == 422


def test_results_are_exported(ada: Person, bob: Person, course: str, school: School) -> None:
    week = school.set(last(course), Terms("Week", (SUM,)))
    school.handed_in(bob.account, "accepted", SUM, week)
    answer = ada.browser.get(f"{course}/results.csv")
    assert answer.text.splitlines()[1].startswith("bob,1,100.0,accepted")
    assert "attachment" in answer.headers["content-disposition"]
    told = ada.browser.get(f"{course}/results.json?set={week}").json()
    assert told["learners"][0]["name"] == "bob"


def test_a_class_is_looked_after(ada: Person, bob: Person, course: str, local: Online) -> None:
    before = code(local, ada, course)
    assert ada.send(f"{course}/code").headers["location"] == course
    assert code(local, ada, course) != before
    local.person("eve", "instructor")
    ada.send(f"{course}/members", name="eve", what="teach")
    ada.send(f"{course}/members", name="bob", what="remove")
    page(bob, course, 404)
    wrong = ada.send(f"{course}/members", name="bob", what="learn")
    assert (wrong.status_code, "no such member" in wrong.text) == (409, True)
    assert ada.send(f"{course}/members", name="nobody", what="teach").status_code == 404
    ada.send(f"{course}/members", name="eve", what="learn")
    ada.send(course, name="Old loops", archived="on")
    assert "This class has ended" in page(ada, course)
    other = local.person("other", "instructor")
    for path in (course, f"{course}/code", f"{course}/members", f"{course}/sets"):
        assert other.send(path, name="x").status_code == 404
    assert bob.send(course, name="x").status_code == 403


def test_a_set_is_made_changed_and_taken_away(ada: Person, bob: Person, course: str) -> None:
    form = page(ada, f"{course}/sets/new")
    assert 'type="datetime-local"' in form
    typed = {"title": "Week 1", "problems": f"{SUM}\n{STEP}", "hints": "1", "attempts": "2"}
    wrong = ada.send(f"{course}/sets", **typed, deadline="tomorrow")
    assert wrong.status_code == 422
    assert "Week 1" in wrong.text
    assert ada.send(f"{course}/sets", **{**typed, "problems": "nothing"}).status_code == 409
    path = ada.send(f"{course}/sets", **typed, deadline="2100-01-01T00:00").headers["location"]
    shown = page(bob, path)
    assert f"/problems/{SUM}?set={last(path)}" in shown
    assert "0 of 2" in shown
    assert "hints up to level 1" in shown
    assert "2100-01-01" in page(bob, "/classes")
    assert 'value="2100-01-01T00:00"' in page(ada, f"{path}/change")
    assert ada.send(path, **{**typed, "title": ""}).status_code == 409
    ada.send(path, title="Week 2", problems=SUM, opens_at="2099-01-01T00:00")
    assert "It opens" in page(bob, path)
    ada.send(path, title="Week 2", problems=SUM, deadline="2000-01-01T00:00")
    assert "The deadline was" in page(bob, path)
    assert ada.send(f"{path}/drop").headers["location"] == course
    page(bob, path, 404)


def test_a_set_of_others_is_not_there(ada: Person, local: Online, course: str) -> None:
    path = ada.send(f"{course}/sets", title="Week", problems=SUM).headers["location"]
    other = local.person("other", "instructor")
    for each in (path, f"{path}/change", f"{course}/sets/new"):
        page(other, each, 404)
    assert other.send(path, title="x", problems=SUM).status_code == 404
    assert other.send(f"{path}/drop").status_code == 404


def test_a_problem_is_handed_in_through_a_set(
    ada: Person, bob: Person, course: str, school: School
) -> None:
    week = school.set(last(course), Terms("Week 1", (SUM,), attempts=1))
    assert "Whatever you submit to it from the opening on counts" in page(
        bob, f"{course}/sets/{week}"
    )
    problem = f"/problems/{SUM}"
    assert f"{problem}?set={week}" in page(bob, problem)
    shown = page(bob, f"{problem}?set={week}")
    assert "handed in to" in shown
    assert "0 of 1 attempt at this problem in Week 1 is used." in shown
    assert "attempt at this problem in Week 1" not in page(ada, problem)
    assert f'name="set" value="{week}"' in shown
    assert "handed in to" not in page(bob, f"/problems/{STEP}?set={week}")
    saved = bob.send(f"{problem}/draft", source="pass", set=week)
    assert saved.headers["location"] == f"{problem}?saved&set={week}"
    outside = bob.send(problem, source="pass", once="1")
    assert (
        outside.status_code,
        "attempts at this problem are counted" in outside.text.lower(),
    ) == (
        403,
        True,
    )
    handed = bob.send(problem, source="pass", once="1", set=week).headers["location"]
    again = bob.send(problem, source="other", once="2", set=week)
    assert (again.status_code, f'value="{week}"' in again.text) == (403, True)
    assert "1 of 1 attempt at this problem in Week 1 is used." in page(bob, problem)
    assert f"&set={week}" not in page(bob, handed), "it is not judged yet"
