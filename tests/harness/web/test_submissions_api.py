from __future__ import annotations

from tests.harness.online import Online

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
    ada, bob = served.person("ada").program, served.person("bob").program
    path = f"/api/v1/submissions/{ada.post('/api/v1/submissions', json=NEW).json()['id']}"
    assert ada.get(path).json()["state"] == "queued"
    assert bob.get(path).status_code == 404
    assert served.client().get(path).status_code == 401
    assert served.person("eve", "instructor").program.get(path).status_code == 200


def test_a_browser_must_send_what_its_page_was_given(served: Online) -> None:
    ada = served.person("ada")
    assert ada.browser.post("/api/v1/submissions", json=NEW).status_code == 403
    headers = {"X-CSRF-Token": ada.csrf}
    assert ada.browser.post("/api/v1/submissions", json=NEW, headers=headers).status_code == 201
