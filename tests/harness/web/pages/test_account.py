from __future__ import annotations

import re
from datetime import timedelta

import pytest

from harness.store import accounts, credentials
from harness.store.audit import latest
from harness.web.security import passwords
from tests.harness.online import Online, Person

GOOD = "correct horse battery"
NEW = "another battery of horses"


def with_password(online: Online, name: str) -> Person:
    person = online.person(name)
    with online.database.write() as connection:
        accounts.set_password(connection, person.account.id, passwords.hashed(GOOD))
    return person


def test_another_password_ends_all_other_sessions(served: Online) -> None:
    ada, other = with_password(served, "ada"), served.client()
    other.post("/sign-in", data={"name": "ada", "password": GOOD})
    assert other.get("/account").status_code == 200
    before = ada.browser.cookies["session"]
    with served.database.write() as connection:
        link = credentials.make_link(connection, "password", timedelta(1), user=ada.account.id)
    answer = ada.send("/account/password", current=GOOD, password=NEW)
    assert answer.headers["location"] == "/account"
    assert ada.browser.cookies["session"] != before
    assert ada.browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert ada.program.get("/api/v1/submissions/1").status_code == 404  # tokens go on
    assert served.client().get("/new-password", params={"link": link}).status_code == 410
    for password, status in ((GOOD, 401), (NEW, 303)):
        form = {"name": "ada", "password": password}
        assert served.client().post("/sign-in", data=form).status_code == status


@pytest.mark.parametrize(
    ("current", "password", "status", "words"),
    [("wrong", NEW, 401, "wrong"), (GOOD, "short", 422, "at least"), (GOOD, "", 422, "at least")],
)
def test_the_password_stays_where_something_is_wrong(
    local: Online, current: str, password: str, status: int, words: str
) -> None:
    ada = with_password(local, "ada")
    answer = ada.send("/account/password", current=current, password=password)
    assert answer.status_code == status
    assert words in answer.text
    form = {"name": "ada", "password": GOOD}
    assert local.client().post("/sign-in", data=form).status_code == 303


def test_guessing_the_current_password_is_slowed_down(local: Online) -> None:
    ada = with_password(local, "ada")
    answers = {ada.send("/account/password", current="guess").status_code for _ in range(11)}
    assert answers == {401, 429}


def test_who_has_no_password_may_set_one(local: Online) -> None:
    ada = local.person("ada")
    assert "Current password" not in ada.browser.get("/account").text
    assert ada.send("/account/password", password=NEW).status_code == 303
    assert "Current password" in ada.browser.get("/account").text


def test_sessions_are_listed_and_ended(served: Online) -> None:
    ada, eve = with_password(served, "ada"), served.person("eve")
    other = served.client()
    other.headers["User-Agent"] = "Firefox on a phone"
    other.post("/sign-in", data={"name": "ada", "password": GOOD})
    page = ada.browser.get("/account").text
    assert "test (this one)" in page
    assert "Firefox on a phone" in page
    ids = re.findall(r"/account/sessions/(\w+)/end", page)
    assert len(ids) == 2
    phone = ids[0]  # used last
    assert eve.send(f"/account/sessions/{phone}/end").status_code == 404
    assert other.get("/account").status_code == 200
    assert ada.send(f"/account/sessions/{phone}/end").status_code == 303
    assert other.get("/account").status_code == 303
    assert ada.send(f"/account/sessions/{phone}/end").status_code == 404
    other.post("/sign-in", data={"name": "ada", "password": GOOD})
    assert ada.send("/account/sessions/end-others").status_code == 303
    assert other.get("/account").status_code == 303
    assert ada.browser.get("/account").status_code == 200


def test_a_session_ends_when_it_is_old_or_idle(
    local: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = local.person("ada")
    assert ada.browser.get("/account").status_code == 200
    monkeypatch.setattr(credentials, "IDLE", timedelta(0))
    assert ada.browser.get("/account").status_code == 303


def test_a_token_is_shown_once_and_works_until_revoked(served: Online) -> None:
    ada, eve = served.person("ada"), served.person("eve")
    page = ada.send("/account/tokens", name=" my\u202e laptop ", scope_read="on", days="7")
    assert page.status_code == 201
    secret = re.findall(r'value="(jjt_[^"]+)"', page.text)[0]
    listed = ada.browser.get("/account").text
    assert secret not in listed
    assert r"my\u202e laptop" in listed
    program = served.client()
    program.headers["Authorization"] = f"bearer {secret}"
    assert program.get("/api/v1/submissions/1").status_code == 404
    refused = program.post("/api/v1/submissions", json={"problem": "scan_cumsum", "source": ""})
    assert "scope submit" in refused.json()["error"]["message"]
    assert program.get("/account").status_code == 403  # a page is for browsers
    with served.database.read() as connection:
        token = credentials.tokens_of(connection, ada.account.id)[0]
    assert (token.scopes, token.expires_at - token.created_at) == (["read"], timedelta(7))
    assert token.used_at is not None
    assert eve.send(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert ada.send(f"/account/tokens/{token.id}/revoke").status_code == 303
    assert program.get("/api/v1/submissions/1").status_code == 401
    assert ada.send(f"/account/tokens/{token.id}/revoke").status_code == 404
    with served.database.read() as connection:
        actions = [row.action for row in latest(connection, 2)]
    assert actions == ["token revoked", "token made"]


@pytest.mark.parametrize("role", ["learner", "instructor", "operator"])
def test_a_token_may_do_no_more_than_its_user(local: Online, role: str) -> None:
    person = local.person("ada", role)
    asked = {f"scope_{scope}": "on" for scope in credentials.SCOPES}
    assert person.send("/account/tokens", name="all", days="", **asked).status_code == 201
    with local.database.read() as connection:
        token = credentials.tokens_of(connection, person.account.id)[0]
    most = {"learner": 2, "instructor": 3, "operator": 4}[role]
    assert token.scopes == sorted(credentials.SCOPES[:most])
    assert token.expires_at is None


@pytest.mark.parametrize(
    "form",
    [
        {"name": "x"},
        {"name": " ", "scope_read": "on"},
        {"name": "x", "scope_operate": "on"},
        {"name": "x", "scope_read": "on", "days": "9999"},
    ],
)
def test_a_token_for_nothing_is_not_made(local: Online, form: dict[str, str]) -> None:
    ada = local.person("ada")
    answer = ada.send("/account/tokens", **form)
    assert (answer.status_code, "Expected a name" in answer.text) == (422, True)


def test_there_are_so_many_tokens(local: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = local.person("ada")  # who has one
    monkeypatch.setattr("harness.web.api.credentials.MOST", 2)
    form = {"name": "ci", "scope_read": "on"}
    assert ada.send("/account/tokens", **form).status_code == 201
    answer = ada.send("/account/tokens", **form)
    assert answer.status_code == 409
    assert "end one first" in answer.text


def test_a_token_ends_with_its_lifetime(local: Online) -> None:
    ada, program = local.person("ada"), local.client()
    with local.database.write() as connection:
        make = credentials.make_token
        _, secret = make(connection, ada.account.id, "old", ["read"], timedelta(0))
    program.headers["Authorization"] = f"Bearer {secret}"
    assert program.get("/api/v1/submissions/1").status_code == 401
    program.headers["Authorization"] = "Basic YWRhOng="
    assert program.get("/api/v1/submissions/1").status_code == 401
