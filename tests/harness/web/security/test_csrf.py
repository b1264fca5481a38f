from __future__ import annotations

import pytest

from tests.harness.online import URL, Online

NEW = {"problem": "scan_cumsum", "source": "pass"}
FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver:99999"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver:8080"},
    {"Origin": URL, "Sec-Fetch-Site": "cross-site"},
    {"Origin": URL, "Sec-Fetch-Site": "same-site"},
]
OWN = [
    {"Origin": "http://TESTSERVER:80"},
    {"Origin": URL, "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_is_refused(local: Online, headers: dict[str, str]) -> None:
    ada, stranger = local.person("ada"), local.client()
    form = {"name": "bob", "password": "correct horse battery", "csrf": ada.csrf}
    for path in ("/sign-in", "/sign-up", "/sign-out", "/welcome"):
        assert stranger.post(path, data=form, headers=headers).status_code == 403
        assert ada.browser.post(path, data=form, headers=headers).status_code == 403
    sent = {"X-CSRF-Token": ada.csrf, **headers}
    answer = ada.browser.post("/api/v1/submissions", json=NEW, headers=sent)
    assert answer.json()["error"]["code"] == "forged"


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_a_form_of_this_site_is_not(local: Online, headers: dict[str, str]) -> None:
    form = {"name": "bob", "password": "correct horse battery"}
    assert local.client().post("/sign-up", data=form, headers=headers).status_code == 303


def test_a_form_that_does_not_say_where_it_comes_from_is_refused(local: Online) -> None:
    stranger = local.client()
    del stranger.headers["Origin"]
    form = {"name": "bob", "password": "correct horse battery"}
    assert stranger.post("/sign-up", data=form).status_code == 403
    said = {"Sec-Fetch-Site": "same-origin"}
    assert stranger.post("/sign-up", data=form, headers=said).status_code == 303


@pytest.mark.parametrize("token", ["", "wrong", "schlüssel"])
def test_a_session_must_send_what_its_page_was_given(local: Online, token: str) -> None:
    ada = local.person("ada")
    assert ada.browser.post("/account/sessions/end-others", data={"csrf": token}).status_code == 403
    sent = {b"X-CSRF-Token": token.encode("latin-1")}
    answer = ada.browser.post("/api/v1/submissions", json=NEW, headers=sent)
    assert answer.status_code == 403
    assert ada.send("/account/sessions/end-others").status_code == 303


def test_another_session_s_is_not_enough(local: Online) -> None:
    ada, bob = local.person("ada"), local.person("bob")
    form = {"csrf": bob.csrf}
    assert ada.browser.post("/account/sessions/end-others", data=form).status_code == 403


def test_a_form_in_another_form_carries_nothing(local: Online) -> None:
    ada = local.person("ada")
    plain = {"Content-Type": "text/plain"}
    body = f"csrf={ada.csrf}"
    path = "/account/sessions/end-others"
    assert ada.browser.post(path, content=body, headers=plain).status_code == 403


def test_a_program_with_a_token_needs_nothing_of_it(local: Online) -> None:
    program = local.person("ada").program
    del program.headers["Origin"]
    assert program.post("/api/v1/submissions", json=NEW).status_code == 201
