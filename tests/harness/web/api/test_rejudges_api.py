from __future__ import annotations

import pytest

from harness.store import fleet
from tests.harness.online import Online, Person
from tests.harness.school import School

V1 = "/api/v1"
SUM = "scan_cumsum"


@pytest.fixture
def root(local: Online) -> Person:
    return local.person("root", "operator")


def test_a_rejudge_is_begun_looked_at_and_applied(
    root: Person, local: Online, school: School
) -> None:
    bob = local.person("bob")
    first = school.handed_in(bob.account, "accepted", SUM)
    second = school.handed_in(bob.account, "wrong_answer", SUM)
    asked = {"problem": SUM, "since": "2020-01-01T00:00:00Z"}
    count = root.program.get(f"{V1}/rejudges/count", params=asked)
    assert count.json() == {"submissions": 2}
    key = {"Idempotency-Key": "1"}
    made = root.program.post(f"{V1}/rejudges", json=asked, headers=key)
    assert made.status_code == 201
    assert (made.json()["total"], made.json()["left"], made.json()["applicable"]) == (2, 2, False)
    again = root.program.post(f"{V1}/rejudges", json=asked, headers=key)
    assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])
    other = root.program.post(f"{V1}/rejudges", json={}, headers=key)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "no_rejudge")
    path = f"{V1}/rejudges/{made.json()['id']}"
    assert root.program.post(f"{path}/apply").status_code == 409
    school.judge("wrong_answer", "wrong_answer")
    seen = root.program.get(path).json()
    assert seen["applicable"] is True
    assert seen["changes"] == [
        {"before": "accepted", "after": "wrong_answer", "count": 1, "scores": 1},
        {"before": "wrong_answer", "after": "wrong_answer", "count": 1, "scores": 0},
    ]
    changed = root.program.get(f"{path}/changes").json()["items"]
    assert [(c["id"], c["before_score"], c["after_score"]) for c in changed] == [(first, 100, 0)]
    for _ in range(2):
        assert root.program.post(f"{path}/apply").json()["state"] == "applied"
    assert root.program.post(f"{path}/drop").status_code == 409
    assert bob.program.get(f"{V1}/submissions/{first}").json()["verdict"] == "wrong_answer"
    assert bob.program.get(f"{V1}/submissions/{second}").json()["verdict"] == "wrong_answer"
    listed = root.program.get(f"{V1}/rejudges").json()["items"]
    assert [(row["id"], row["state"]) for row in listed] == [(made.json()["id"], "applied")]


def test_a_rejudge_is_dropped_and_anothers_is_not_seen(
    root: Person, local: Online, school: School
) -> None:
    school.handed_in(local.person("bob").account, "accepted", SUM)
    made = root.program.post(f"{V1}/rejudges", json={"verdict": "accepted"}).json()
    path = f"{V1}/rejudges/{made['id']}"
    ada = local.person("ada", "instructor")
    answers = [ada.program.get(path), ada.program.get(f"{path}/changes")]
    answers += [ada.program.post(f"{path}/apply"), ada.program.post(f"{path}/drop")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert ada.program.post(f"{V1}/rejudges", json={}).status_code == 409
    assert root.program.post(f"{path}/drop").json()["state"] == "dropped"
    assert local.person("joe").program.get(path).status_code == 403


def test_an_operator_sees_the_queue_and_the_workers(
    root: Person, local: Online, school: School
) -> None:
    school.handed_in(local.person("bob").account, "accepted", SUM)
    with local.database.write() as connection:
        fleet.join(connection, "w1", {"jax": "1"}, "strict", live_only=True)
        fleet.quarantine(connection, school.versions[SUM], "broken")
    school.submit(root.account, SUM)
    queue = root.program.get(f"{V1}/queue").json()
    assert queue["live"]["waiting"] == 1
    assert [row["problem"] for row in queue["unknown"]] == [SUM]
    assert [row["reason"] for row in queue["quarantined"]] == ["broken"]
    assert queue["hour"] == queue["day"] == {"accepted": 1}
    (worker,) = root.program.get(f"{V1}/workers").json()["items"]
    assert (worker["id"], worker["state"], worker["live_only"]) == ("w1", "working", True)
    release = f"{V1}/problems/{SUM}/release"
    assert root.program.post(release).json()["problem"] == SUM
    assert root.program.post(release).status_code == 409
    assert root.program.post(f"{V1}/problems/nothing/release").status_code == 404
