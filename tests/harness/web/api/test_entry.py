from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response

from harness.store import accounts
from harness.web.api import credentials
from harness.web.security import passwords
from tests.harness.online import Online

PASSWORD = "correct horse"


@pytest.fixture
def ada(served: Online) -> Online:
    hashed = passwords.hashed(PASSWORD)
    with served.database.write() as connection:
        accounts.add(connection, "Ada", "learner", hashed)
    return served


def login(site: Online, **fields: Any) -> Response:
    asked = {"name": "ada", "password": PASSWORD, **fields}
    return site.client().post("/api/v1/login", json=asked)


def test_a_password_gives_a_token(ada: Online) -> None:
    answer = login(ada)
    assert answer.status_code == 201
    found = answer.json()
    assert found["user"]["name"] == "Ada"
    client = ada.client()
    client.headers["Authorization"] = f"Bearer {found['token']}"
    me = client.get("/api/v1/me").json()
    assert (me["id"], me["scopes"]) == (found["user"]["id"], ["read", "submit"])
    assert client.delete(f"/api/v1/tokens/{found['id']}").status_code == 204
    assert client.get("/api/v1/me").json()["error"]["code"] == "bad_token"


def test_a_wrong_password_gives_nothing(ada: Online) -> None:
    assert login(ada, password="wrong").status_code == 401
    assert login(ada, name="nobody").status_code == 401
    assert login(ada, name="a\x00").status_code == 422


def test_a_token_is_for_no_more_than_its_user(ada: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    assert login(ada, scopes=["operate"]).status_code == 403
    assert login(ada, scopes=[]).status_code == 422
    monkeypatch.setattr(credentials, "MOST", 1)
    assert login(ada, scopes=["read"], days=3).status_code == 201
    assert login(ada).json()["error"]["code"] == "too_many_tokens"


def test_a_browser_has_no_scopes(served: Online) -> None:
    assert served.person("eve", "operator").browser.get("/api/v1/me").json()["scopes"] is None
