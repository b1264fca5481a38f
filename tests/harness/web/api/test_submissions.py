from __future__ import annotations

from datetime import timedelta

from harness.problem.library import Library
from harness.store.database import Database
from harness.store.limits import Rate
from harness.web.site import Rules
from tests.harness.online import Online, Person, online

NEW = {"problem": "scan_cumsum", "source": "def running_sum(x): ..."}


def test_a_submission_is_accepted_once_for_a_key(served: Online) -> None:
    ada = served.person("ada").program
    first = ada.post("/api/v1/submissions", json=NEW, headers={"Idempotency-Key": "1"})
    assert first.status_code == 201
    again = ada.post("/api/v1/submissions", json=NEW, headers={"Idempotency-Key": "1"})
    assert (again.status_code, again.json()) == (200, first.json())
    other = {**NEW, "source": "pass"}
    answer = ada.post("/api/v1/submissions", json=other, headers={"Idempotency-Key": "1"})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "key_reused"


def test_others_do_not_see_it(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    path = f"/api/v1/submissions/{served.submit(ada)}"
    assert ada.program.get(path).json()["state"] == "queued"
    assert bob.program.get(path).status_code == 404
    assert served.client().get(path).status_code == 401
    assert served.teacher("eve", ada).program.get(path).status_code == 200
    assert served.person("root", "operator").program.get(path).status_code == 200
    other = served.teacher("other", bob).program
    for each in (path, f"{path}/report", f"{path}/source", f"{path}/events"):
        assert other.get(each).status_code == 404


def test_a_browser_must_send_what_its_page_was_given(served: Online) -> None:
    ada = served.person("ada")
    assert ada.browser.post("/api/v1/submissions", json=NEW).status_code == 403
    headers = {"X-CSRF-Token": ada.csrf}
    assert ada.browser.post("/api/v1/submissions", json=NEW, headers=headers).status_code == 201


def test_a_key_is_short_and_printable(served: Online) -> None:
    ada = served.person("ada").program
    for key in ("", "a" * 81, "a b", "é"):
        headers = [(b"Idempotency-Key", key.encode("latin-1"))]
        answer = ada.post("/api/v1/submissions", json=NEW, headers=headers)
        assert answer.status_code == 422
        assert list(answer.json()["error"]["fields"]) == ["Idempotency-Key"]


def test_whoever_submits_too_often_is_told_when_to_come_again(
    database: Database, built_in: Library
) -> None:
    rules = Rules(submit=Rate(1, timedelta(seconds=60)))
    ada = online(database, built_in.load("scan_cumsum"), rules=rules).person("ada").program
    assert ada.post("/api/v1/submissions", json=NEW).status_code == 201
    answer = ada.post("/api/v1/submissions", json=NEW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_often")
    assert 50 < int(answer.headers["retry-after"]) <= 60


def test_a_full_queue_takes_nothing(database: Database, built_in: Library) -> None:
    site = online(database, built_in.load("scan_cumsum"), rules=Rules(queue=1))
    ada = site.person("ada").program
    assert ada.post("/api/v1/submissions", json=NEW).status_code == 201
    answer = ada.post("/api/v1/submissions", json=NEW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "busy")
    assert answer.headers["retry-after"] == "10"
    site.settle()
    assert ada.post("/api/v1/submissions", json=NEW).status_code == 201


def test_what_no_submission_may_be(served: Online) -> None:
    ada = served.person("ada").program
    unknown = ada.post("/api/v1/submissions", json={**NEW, "problem": "none"})
    assert unknown.status_code == 404
    for field, value in (
        ("source", "é" * (200 << 10)),  # more bytes than there are characters
        ("name", "a\x00b"),
        ("name", ""),
        ("problem", "\x00"),
        ("more", "x"),
    ):
        answer = ada.post("/api/v1/submissions", json={**NEW, field: value})
        assert answer.status_code == 422
        assert list(answer.json()["error"]["fields"]) == [field]
    nothing_at_all = ada.post("/api/v1/submissions", json={**NEW, "source": "\x00"})
    assert (nothing_at_all.status_code, nothing_at_all.json()["error"]["code"]) == (422, "unfit")


def test_lists_come_in_parts_that_new_ones_do_not_move(served: Online) -> None:
    ada = served.person("ada")
    ids = [served.submit(ada, f"{n}") for n in range(5)][::-1]
    first = ada.program.get("/api/v1/submissions?limit=2").json()
    served.submit(ada, "new")
    asked = {"limit": "2", "cursor": first["next"]}
    second = ada.program.get("/api/v1/submissions", params=asked).json()
    last = ada.program.get("/api/v1/submissions", params={"cursor": second["next"]}).json()
    found = [item["id"] for part in (first, second, last) for item in part["items"]]
    assert found == ids
    assert last["next"] is None


def test_lists_are_of_what_is_asked_for_and_allowed(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("Bob")
    right, waits, other = served.judged(ada), served.submit(ada), served.submit(bob)
    step = served.submit(ada, problem="scan_training_step")
    eve, dan = served.teacher("eve", ada, bob), served.teacher("dan", bob)

    def found(person: Person, query: str) -> list[str]:
        answer = person.program.get(f"/api/v1/submissions?{query}").json()
        return [item["id"] for item in answer["items"]]

    assert found(ada, "") == [step, waits, right]
    assert found(ada, "problem=scan_training_step") == [step]
    assert found(ada, "verdict=accepted") == [right]
    assert found(ada, "user=bob") == []
    assert found(eve, "user=bob") == [other]
    assert found(eve, "") == [step, other, waits, right]
    assert found(dan, "") == [other]
    assert found(served.person("root", "operator"), "") == [step, other, waits, right]


QUERIES = [
    "limit=0",
    "limit=201",
    "limit=" + "9" * 5000,
    "limit=1&limit=2",
    "cursor=" + "9" * 60_000,
    "cursor=1",
    "user=%00",
    "user=%ff",
    "verdict=right",
    "more=1",
]


def test_a_query_that_says_nothing_is_told(served: Online) -> None:
    ada = served.person("ada").program
    for query in QUERIES:
        answer = ada.get(f"/api/v1/submissions?{query}")
        assert answer.status_code == 422
        assert list(answer.json()["error"]["fields"]) == [query.partition("=")[0]]
