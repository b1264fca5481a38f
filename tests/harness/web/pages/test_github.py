from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from starlette.testclient import TestClient

from harness.errors import UsageError
from harness.store import accounts
from harness.store.accounts import Account
from harness.store.limits import Rate
from harness.web.app import application
from harness.web.pages import github as pages
from harness.web.site import Rules
from tests.harness.github import CLIENT, Hub, hub
from tests.harness.online import Online

GOOD = "correct horse battery"


@pytest.fixture(scope="module")
def running() -> Iterator[Hub]:
    with hub() as found:
        yield found


@pytest.fixture
def github(running: Hub) -> Hub:
    fresh = Hub(running.url)
    for name in ("id", "login", "refuses", "fault"):
        setattr(running, name, getattr(fresh, name))
    return running


@pytest.fixture
def linked(local: Online, github: Hub) -> Online:
    return Online(replace(local.site, github=CLIENT, github_at=github.addresses))


def asked(client: TestClient, path: str = "/sign-in/github", **fields: str) -> str:
    """Where GitHub sends a browser back to that was sent there."""
    answer = client.post(path, data=fields)
    assert answer.status_code == 303, answer.text
    return str(httpx2.get(answer.headers["location"]).headers["location"])


def by_name(online: Online, name: str) -> Account | None:
    with online.database.read() as connection:
        return accounts.by_name(connection, name)


def test_without_a_configuration_there_is_no_button(local: Online) -> None:
    client = local.client()
    assert "GitHub" not in client.get("/sign-in").text
    assert "GitHub" not in client.get("/sign-up").text
    assert client.post("/sign-in/github").status_code == 404
    assert client.get("/sign-in/github/back?state=x&code=y").status_code == 403
    assert "GitHub" not in local.person("ada").browser.get("/account").text


def test_one_signs_in_with_github(linked: Online, github: Hub) -> None:
    client = linked.client()
    page = client.get("/sign-in")
    assert "Sign in with GitHub" in page.text
    policy = page.headers["content-security-policy"]
    assert f"form-action 'self' {github.url};" in policy  # or browsers would not go there
    answer = client.get(asked(client, next="/account?x=1"))
    assert answer.headers["location"] == "/account?x=1"
    assert "account number 1" in client.get("/account").text
    again = linked.client()
    github.login = "renamed"  # it is the number that counts
    assert again.get(asked(again)).status_code == 303
    assert ">ada</h1>" in again.get("/account").text


def test_pkce_state_and_the_address_back_are_sent(linked: Online) -> None:
    url = linked.client().post("/sign-in/github").headers["location"]
    query = parse_qs(urlsplit(url).query)
    assert query["redirect_uri"] == ["http://testserver/sign-in/github/back"]
    assert len(query["state"][0]) > 40
    assert len(query["code_challenge"][0]) == 43
    assert CLIENT[1] not in url


def test_one_is_sent_to_no_other_site_afterwards(linked: Online) -> None:
    client = linked.client()
    answer = client.get(asked(client, next="//evil"))
    assert answer.headers["location"] == "/"


def test_what_another_browser_began_is_not_finished_here(linked: Online) -> None:
    mallory, victim = linked.client(), linked.client()
    back = asked(mallory)
    assert victim.get(back).status_code == 403
    asked(victim)
    assert victim.get(back).status_code == 403
    assert "session" not in victim.cookies


def test_an_answer_counts_once_and_for_a_while(linked: Online) -> None:
    client = linked.client()
    back = asked(client)
    cookie = client.cookies["github"]
    assert client.get(back).status_code == 303
    client.cookies.set("github", cookie, "testserver.local")
    assert client.get(back).status_code == 403


def test_github_may_refuse(linked: Online, github: Hub) -> None:
    github.refuses = True
    client = linked.client()
    answer = client.get(asked(client))
    assert (answer.status_code, "did not let you in" in answer.text) == (403, True)


@pytest.mark.parametrize("fault", ["broken", "no object"])
def test_github_may_fail(linked: Online, github: Hub, fault: str) -> None:
    github.fault = fault
    client = linked.client()
    assert client.get(asked(client)).status_code == 502


@pytest.mark.parametrize("id", ["one", None])
def test_github_may_say_something_else(linked: Online, github: Hub, id: object) -> None:
    github.id = id
    client = linked.client()
    assert client.get(asked(client)).status_code == 502


def test_github_may_not_be_there(linked: Online) -> None:
    client = linked.client()
    back = asked(client)
    gone = replace(linked.site.github_at, token="http://127.0.0.1:1/")
    broken = Online(replace(linked.site, github_at=gone)).client()
    broken.cookies.set("github", client.cookies["github"])
    assert broken.get(back).status_code == 502


def test_another_s_code_does_not_work(linked: Online) -> None:
    mallory, victim = linked.client(), linked.client()
    stolen = parse_qs(urlsplit(asked(mallory)).query)["code"][0]
    back = re.sub("code=[^&]+", f"code={stolen}", asked(victim))
    assert victim.get(back).status_code == 502  # its proof is of another question


def test_a_name_that_is_taken_gets_a_number(linked: Online, github: Hub) -> None:
    linked.person("ada")
    linked.person("ada-2")
    client = linked.client()
    client.get(asked(client))
    found = by_name(linked, "ada-3")
    assert found is not None
    assert (found.github, found.role) == ("1", "learner")
    github.id, github.login = 2, "--_é_--"
    other = linked.client()
    other.get(asked(other))
    assert by_name(linked, "user") is not None


def test_names_do_not_go_on_for_ever(linked: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_NAMES", 2)
    linked.person("ada")
    client = linked.client()
    assert client.get(asked(client)).status_code == 409


def test_a_closed_site_lets_in_only_who_has_linked(linked: Online, github: Hub) -> None:
    closed = Online(replace(linked.site, rules=Rules(open_sign_up=False)))
    client = closed.client()
    assert client.get(asked(client)).status_code == 403
    ada = closed.person("ada")
    ada.browser.get(asked(ada.browser, "/account/github", csrf=ada.csrf))
    assert client.get(asked(client)).status_code == 303
    assert ">ada</h1>" in client.get("/account").text


def test_who_is_shut_out_does_not_come_in_this_way(linked: Online) -> None:
    client = linked.client()
    client.get(asked(client))
    found = by_name(linked, "ada")
    assert found is not None
    with linked.database.write() as connection:
        accounts.disable(connection, found.id, True)
    client = linked.client()
    assert client.get(asked(client)).status_code == 403


def test_asking_is_limited(linked: Online) -> None:
    few = Rules(sign_in=Rate(1, timedelta(minutes=10)))
    online = Online(replace(linked.site, rules=few))
    asked(online.client())
    answer = online.client().post("/sign-in/github")
    assert (answer.status_code, "retry-after" in answer.headers) == (429, True)


def test_an_account_is_linked_from_its_page_and_unlinked(linked: Online) -> None:
    ada = linked.person("ada")
    assert "Link GitHub" in ada.browser.get("/account").text
    answer = ada.browser.get(asked(ada.browser, "/account/github", csrf=ada.csrf))
    assert answer.headers["location"] == "/account"
    assert "Unlink GitHub" in ada.browser.get("/account").text
    answer = ada.send("/account/github/unlink")
    assert (answer.status_code, "et a password first" in answer.text) == (409, True)
    assert ada.send("/account/password", password=GOOD).status_code == 303
    csrf = re.findall(r'name="csrf" value="([^"]+)"', ada.browser.get("/account").text)[0]
    assert ada.browser.post("/account/github/unlink", data={"csrf": csrf}).status_code == 303
    assert "Link GitHub" in ada.browser.get("/account").text


def test_one_account_there_is_one_here(linked: Online) -> None:
    ada, bob = linked.person("ada"), linked.person("bob")
    for _ in range(2):  # linked is linked
        back = asked(ada.browser, "/account/github", csrf=ada.csrf)
        assert ada.browser.get(back).status_code == 303
    back = asked(bob.browser, "/account/github", csrf=bob.csrf)
    assert bob.browser.get(back).status_code == 409


def test_linking_ends_with_the_session_that_began_it(linked: Online) -> None:
    ada, bob = linked.person("ada"), linked.person("bob")
    back = asked(ada.browser, "/account/github", csrf=ada.csrf)
    ada.browser.cookies.set("session", bob.browser.cookies["session"], "testserver.local")
    assert ada.browser.get(back).status_code == 403
    back = asked(bob.browser, "/account/github", csrf=bob.csrf)
    del bob.browser.cookies["session"]
    assert bob.browser.get(back).status_code == 403


def test_the_server_says_what_is_not_installed(
    linked: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "authlib.integrations.httpx_client", None)
    with pytest.raises(UsageError, match=r"jaxjudge\[oauth\]"):
        application(linked.site)
