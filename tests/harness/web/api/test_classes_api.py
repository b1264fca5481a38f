from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from starlette.testclient import TestClient

from harness.store.assignments import Terms
from tests.harness.online import Online, Person
from tests.harness.school import School

V1 = "/api/v1"
SUM, STEP = "scan_cumsum", "scan_training_step"
NEW = {"problem": SUM, "source": "pass"}


@pytest.fixture
def ada(local: Online) -> Person:
    return local.person("ada", "instructor")


@pytest.fixture
def bob(local: Online) -> Person:
    return local.person("bob")


def course(ada: Person, *learners: Person) -> str:
    """The id of a class with some learners."""
    made = ada.program.post(f"{V1}/classes", json={"name": "Loops"}).json()
    for learner in learners:
        joined = learner.program.post(f"{V1}/classes/join", json={"code": made["code"]})
        assert joined.json()["id"] == made["id"]
    return str(made["id"])


def make_set(ada: Person, id: str, **terms: Any) -> str:
    asked = {"title": "Week 1", "problems": [SUM, STEP], **terms}
    answer = ada.program.post(f"{V1}/classes/{id}/sets", json=asked)
    assert answer.status_code == 201, answer.json()
    return str(answer.json()["id"])


def test_a_class_is_made_joined_and_left(ada: Person, bob: Person, local: Online) -> None:
    id = course(ada, bob)
    one = f"{V1}/classes/{id}"
    assert bob.program.get(one).json()["code"] is None
    assert [c["name"] for c in bob.program.get(f"{V1}/classes").json()["items"]] == ["Loops"]
    assert bob.program.get(f"{V1}/classes?cursor={id}").json() == {"items": [], "next": None}
    root = local.person("root", "operator")
    assert [c["id"] for c in root.program.get(f"{V1}/classes").json()["items"]] == [id]
    code = ada.program.get(one).json()["code"]
    assert ada.program.post(f"{one}/code").json()["code"] != code
    wrong = bob.program.post(f"{V1}/classes/join", json={"code": code})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (409, "unchanged")
    told = ada.program.get(f"{one}/members").json()["items"]
    assert [(m["name"], m["teaches"]) for m in told] == [("ada", True), ("bob", False)]
    assert bob.program.post(f"{one}/leave").status_code == 204
    assert bob.program.get(one).status_code == 404
    changed = ada.program.put(one, json={"name": "Old loops", "archived": True}).json()
    assert (changed["name"], changed["archived_at"] is None) == ("Old loops", False)


def test_teachers_are_made_and_members_taken_out(ada: Person, bob: Person, local: Online) -> None:
    id = course(ada, bob)
    eve = local.person("eve", "instructor")
    path = f"{V1}/classes/{id}/members"
    made = ada.program.put(f"{path}/Eve", json={"teaches": True})
    assert made.json()["teaches"] is True
    assert ada.program.put(f"{path}/bob", json={"teaches": True}).status_code == 409
    assert ada.program.put(f"{path}/nobody", json={"teaches": True}).status_code == 404
    assert bob.program.delete(f"{path}/eve").status_code == 403
    assert eve.program.delete(f"{path}/bob").status_code == 204
    assert ada.program.post(f"{V1}/classes/{id}/leave").status_code == 204
    last = eve.program.post(f"{V1}/classes/{id}/leave")
    assert (last.status_code, last.json()["error"]["code"]) == (409, "unchanged")


def test_nobody_sees_anothers_class(ada: Person, bob: Person, local: Online) -> None:
    id = course(ada)
    set_id = make_set(ada, id)
    other = local.person("other", "instructor")
    one, its = f"{V1}/classes/{id}", f"{V1}/sets/{set_id}"
    for stranger in (bob, other):
        for path in (one, f"{one}/results", f"{one}/results.csv", f"{one}/sets", its):
            assert stranger.program.get(path).status_code == 404, path
    terms = {"title": "Mine", "problems": [SUM]}
    changes = [
        ("put", one, {"name": "Mine"}),
        ("post", f"{one}/code", None),
        ("get", f"{one}/members", None),
        ("put", f"{one}/members/other", {"teaches": True}),
        ("delete", f"{one}/members/ada", None),
        ("post", f"{one}/sets", terms),
        ("put", its, terms),
        ("delete", its, None),
    ]
    for method, path, body in changes:
        assert send(other.program, method, path, body) == 404, path
    bob.program.post(f"{V1}/classes/join", json={"code": ada.program.get(one).json()["code"]})
    for method, path, body in changes:
        assert send(bob.program, method, path, body) in (403, 404), path


def send(client: TestClient, method: str, path: str, body: Any) -> int:
    return client.request(method, path, **({} if body is None else {"json": body})).status_code


def test_a_set_binds_what_is_handed_in(ada: Person, bob: Person) -> None:
    id = course(ada, bob)
    set_id = make_set(ada, id, attempts=1.0, hints=1)
    outside = bob.program.post(f"{V1}/submissions", json=NEW)
    assert (outside.status_code, outside.json()["error"]["code"]) == (403, "in_a_set")
    handed = bob.program.post(f"{V1}/submissions", json={**NEW, "set": set_id})
    assert (handed.status_code, handed.json()["set_id"]) == (201, set_id)
    again = bob.program.post(f"{V1}/submissions", json={**NEW, "set": set_id})
    assert (again.status_code, again.json()["error"]["code"]) == (403, "no_attempts")
    outside = bob.program.post(f"{V1}/submissions", json=NEW)
    assert outside.json()["error"]["code"] == "no_attempts"
    none = bob.program.post(f"{V1}/submissions", json={**NEW, "set": "0" * 16})
    assert none.status_code == 404
    told = bob.program.get(f"{V1}/sets/{set_id}").json()
    assert told["problems"] == [{"id": SUM, "used": 1}, {"id": STEP, "used": 0}]
    assert bob.program.get(f"{V1}/classes/{id}/sets").json()["items"] == [told]


def test_a_set_is_changed_and_taken_away(ada: Person) -> None:
    id = course(ada)
    path = f"{V1}/sets/{make_set(ada, id)}"
    terms = {"title": "Week 2", "problems": [STEP], "deadline": "2030-01-01T00:00:00+01:00"}
    changed = ada.program.put(path, json=terms).json()
    assert changed["title"] == "Week 2"
    assert changed["deadline"] == "2029-12-31T23:00:00Z"
    wrong = {"title": "Week 2", "problems": ["nothing"]}
    assert ada.program.put(path, json=wrong).status_code == 409
    assert ada.program.delete(path).status_code == 204
    assert ada.program.get(path).status_code == 404


def test_results_are_told_and_exported(
    ada: Person, bob: Person, local: Online, school: School
) -> None:
    eve = local.person("eve")
    id = course(ada, bob, eve)
    set_id = make_set(ada, id)
    school.handed_in(bob.account, "accepted", SUM, set_id)
    school.submit(bob.account, STEP, set_id)
    path = f"{V1}/classes/{id}/results"
    told = ada.program.get(path).json()
    assert [(row["name"], row["accepted"]) for row in told["learners"]] == [("bob", 1), ("eve", 0)]
    assert told["learners"][0]["problems"][STEP]["verdict"] is None
    own = eve.program.get(path, params={"set": set_id}).json()
    assert [row["name"] for row in own["learners"]] == ["eve"]
    assert ada.program.get(f"{path}?set={'0' * 16}").status_code == 404
    answer = ada.program.get(f"{path}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    header, first, second = csv.reader(io.StringIO(answer.text))
    assert header[:5] == ["name", "accepted", "score", f"{SUM} verdict", f"{SUM} score"]
    assert first[:7] == ["bob", "1", "100.0", "accepted", "100.0", "1", ""]
    assert first[8:11] == ["waiting", "", "1"]
    assert second == ["eve", "0", "0", *[""] * 10]


def test_a_report_shows_no_more_than_the_set_lets(ada: Person, bob: Person, school: School) -> None:
    id = course(ada, bob)
    set_id = school.set(id, Terms("Week", (SUM,), hints=2))
    submission = school.handed_in(bob.account, "wrong_answer", SUM, set_id)
    path = f"{V1}/submissions/{submission}/report?hints=3"

    def told(person: Person) -> tuple[str, str]:
        (found,) = person.program.get(path).json()["checks"][0]["findings"]
        return found["cause"], found["hint"]

    assert told(bob) == ("a slip", "")
    assert told(ada) == ("a slip", "change it")
    school.close(set_id)
    assert told(bob) == ("a slip", "change it")


def test_a_learner_stays_while_a_set_limits_attempts(ada: Person, bob: Person) -> None:
    id = course(ada, bob)
    make_set(ada, id, attempts=1)
    for answer in (bob.program.post(f"{V1}/classes/{id}/leave"), bob.send(f"/classes/{id}/leave")):
        assert answer.status_code == 409
        assert "Week 1 goes on" in answer.text
    assert bob.program.get(f"{V1}/classes/{id}").status_code == 200


def test_a_deadline_is_a_time_that_can_be_told_again(ada: Person) -> None:
    id = course(ada)
    asked = {"title": "Week 1", "problems": [SUM], "deadline": "9999-12-31T23:00:00-01:00"}
    answer = ada.program.post(f"{V1}/classes/{id}/sets", json=asked)
    assert list(answer.json()["error"]["fields"]) == ["deadline"]
    assert ada.program.get(f"{V1}/classes/{id}/sets").json()["items"] == []
