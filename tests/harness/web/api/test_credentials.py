from __future__ import annotations

from tests.harness.online import Online

TOKENS, SESSIONS = "/api/v1/tokens", "/api/v1/sessions"


def test_a_token_is_shown_once_and_ends_when_told(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    asked = {"name": "ci", "scopes": ["submit"], "days": 2.0}
    made = ada.program.post(TOKENS, json=asked)
    assert made.status_code == 201
    listed = ada.program.get(TOKENS)
    assert made.json()["token"] not in listed.text
    (found,) = [item for item in listed.json()["items"] if item["id"] == made.json()["id"]]
    assert (found["name"], found["scopes"]) == ("ci", ["submit"])
    assert found["expires_at"] is not None
    one = f"{TOKENS}/{found['id']}"
    assert bob.program.delete(one).status_code == 404
    assert ada.program.delete(one).status_code == 204
    assert ada.program.delete(one).status_code == 404


def test_a_token_makes_none_that_may_do_more(served: Online) -> None:
    ada = served.person("ada")
    made = ada.program.post(TOKENS, json={"name": "ci", "scopes": ["submit"]}).json()
    ada.program.headers["Authorization"] = f"Bearer {made['token']}"
    answer = ada.program.post(TOKENS, json={"name": "more", "scopes": ["read", "submit"]})
    assert answer.status_code == 403
    assert ada.program.get(TOKENS).status_code == 403
    headers = {"X-CSRF-Token": ada.csrf}
    asked = {"name": "browser", "scopes": ["read"]}
    assert ada.browser.post(TOKENS, json=asked, headers=headers).status_code == 201


def test_a_token_makes_none_that_outlasts_it(served: Online) -> None:
    ada = served.person("ada")
    asked = {"name": "ci", "scopes": ["submit"], "days": 3}
    made = ada.program.post(TOKENS, json=asked).json()
    ada.program.headers["Authorization"] = f"Bearer {made['token']}"
    for days, status in ((None, 403), (3, 403), (2, 201)):
        assert ada.program.post(TOKENS, json={**asked, "days": days}).status_code == status


def test_a_browser_is_signed_out_from_elsewhere(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    (seen,) = ada.browser.get(SESSIONS).json()["items"]
    assert seen["current"]
    (told,) = ada.program.get(SESSIONS).json()["items"]
    assert told == {**seen, "current": False}
    one = f"{SESSIONS}/{seen['id']}"
    assert bob.program.delete(one).status_code == 404
    assert ada.program.delete(one).status_code == 204
    assert ada.browser.get(SESSIONS).status_code == 401
