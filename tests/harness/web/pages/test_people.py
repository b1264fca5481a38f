from __future__ import annotations

import re

import pytest

from harness.store import accounts
from harness.store.accounts import Account
from harness.store.audit import latest, note
from tests.harness.online import Online


def _account(online: Online, id: str) -> Account:
    with online.database.read() as connection:
        found = accounts.by_id(connection, id)
    assert found is not None
    return found


def test_a_role_is_changed_and_written_down(served: Online) -> None:
    op, ada = served.person("op", "operator"), served.person("ada")
    path = f"/operator/users/{ada.account.id}/role"
    assert op.send(path, role="instructor").status_code == 303
    assert _account(served, ada.account.id).role == "instructor"
    assert op.send(path, role="king").status_code == 422
    assert op.send("/operator/users/none/role", role="learner").status_code == 404
    with served.database.read() as connection:
        entry = latest(connection, 1)[0]
    assert (entry.name, entry.action, entry.target) == ("op", "role changed", "ada")
    assert entry.details == {"from": "learner", "to": "instructor"}
    assert entry.address == "testclient"
    page = op.browser.get("/operator/audit").text
    assert "from: learner; to: instructor" in page


def test_who_is_shut_out_stays_out_until_signed_in_anew(served: Online) -> None:
    op, ada = served.person("op", "operator"), served.person("ada")
    base = f"/operator/users/{ada.account.id}"
    assert op.send(f"{base}/disable").status_code == 303
    assert "shut out" in op.browser.get("/operator/users").text
    for _ in range(2):
        assert ada.browser.get("/account").status_code == 303
        assert ada.program.get("/api/v1/submissions/1").status_code == 401
        assert op.send(f"{base}/enable").status_code == 303
    assert _account(served, ada.account.id).disabled_at is None


def test_what_was_shut_out_invites_nobody_any_more(local: Online) -> None:
    op, eve = local.person("op", "operator"), local.person("eve", "instructor")
    page = eve.send("/invitations", role="learner").text
    link = re.findall(r'value="http://testserver(/sign-up\?link=jjl_[^"]+)"', page)[0]
    for action in ("disable", "enable"):
        assert local.client().get(link).status_code == (200 if action == "disable" else 410)
        op.send(f"/operator/users/{eve.account.id}/{action}")
    assert local.client().get(link).status_code == 410


def test_the_last_operator_stays_one(served: Online) -> None:
    op = served.person("op", "operator")
    base = f"/operator/users/{op.account.id}"
    assert op.send(f"{base}/role", role="learner").status_code == 409
    answer = op.send(f"{base}/disable")
    assert (answer.status_code, "last operator" in answer.text) == (409, True)
    assert op.send(f"{base}/role", role="operator").status_code == 303
    other = served.person("other", "operator")
    assert other.send(f"{base}/disable").status_code == 303
    mine = f"/operator/users/{other.account.id}"
    assert other.send(f"{mine}/role", role="learner").status_code == 409  # who is shut out is none
    assert other.send(f"{base}/enable").status_code == 303
    assert other.send(f"{mine}/role", role="learner").status_code == 303
    assert other.browser.get("/operator/users").status_code == 403


def test_users_come_so_many_on_a_page(local: Online) -> None:
    op = local.person("op", "operator")
    with local.database.write() as connection:
        for number in range(120):
            accounts.add(connection, f"User-{number:03}", "learner")
    path, seen = "/operator/users", []
    while path:
        page = op.browser.get(path).text
        seen += re.findall(r'<th scope="row">(op|User-\d+)</th>', page)
        more = re.search(r'href="(/operator/users\?[^"]+)"', page)
        path = more[1] if more else ""
    assert seen == ["op", *(f"User-{number:03}" for number in range(120))]


def test_the_log_comes_so_many_on_a_page(local: Online) -> None:
    op = local.person("op", "operator")
    with local.database.write() as connection:
        for number in range(120):
            note(connection, None, "test", f"target-{number}")
    path, seen = "/operator/audit", []
    while path:
        page = op.browser.get(path).text
        seen += re.findall(r">target-(\d+)</td>", page)
        more = re.search(r'href="(/operator/audit\?[^"]+)"', page)
        path = more[1] if more else ""
    assert seen == [str(number) for number in reversed(range(120))]
    assert "the server" in op.browser.get("/operator/audit").text
    for before in ("x", "-1", "²", "99999999999", "%00"):
        assert op.browser.get(f"/operator/audit?before={before}").status_code == 404


@pytest.mark.parametrize("role", ["instructor", "operator"])
def test_an_invitation_is_shown_once(local: Online, role: str) -> None:
    person = local.person("eve", role)
    assert person.browser.get("/invitations").status_code == 200
    page = person.send("/invitations", role="learner")
    assert page.status_code == 201
    link = re.findall(r'value="http://testserver(/sign-up\?link=jjl_[^"]+)"', page.text)[0]
    assert local.client().get(link).status_code == 200
    assert person.send("/invitations", role="king").status_code == 422
    for more in ("instructor", "operator"):
        expected = 201 if role == "operator" else 403
        assert person.send("/invitations", role=more).status_code == expected
