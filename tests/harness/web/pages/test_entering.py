from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from harness.store import accounts, credentials
from harness.store.audit import latest
from harness.store.limits import Rate
from harness.web.site import Rules
from tests.harness.online import Online

GOOD = "correct horse battery"
ADA = {"name": "ada", "password": GOOD}


def closed(online: Online) -> Online:
    return with_rules(online, Rules(open_sign_up=False))


def with_rules(online: Online, rules: Rules) -> Online:
    return Online(replace(online.site, rules=rules))


def test_one_signs_up_out_and_in(served: Online) -> None:
    client = served.client()
    answer = client.post("/sign-up", data=ADA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert ">ada</h1>" in client.get("/account").text
    with served.database.read() as connection:
        account = accounts.by_name(connection, "ADA")
        entry = latest(connection, 1)[0]
    assert account is not None
    assert account.role == "learner"
    assert (entry.actor, entry.action, entry.address) == (account.id, "user added", "testclient")
    csrf = client.get("/account").text.partition('name="csrf" value="')[2].partition('"')[0]
    answer = client.post("/sign-out", data={"csrf": csrf})
    assert answer.headers["location"] == "/sign-in"
    assert "session" not in client.cookies
    assert client.get("/account").status_code == 303
    answer = client.post("/sign-in", data={**ADA, "next": "/account?x=1"})
    assert answer.headers["location"] == "/account?x=1"
    assert client.get("/account").status_code == 200


def test_one_comes_back_to_where_one_was(local: Online) -> None:
    client = local.client()
    local.person("eve")
    asked = client.get("/account?page=2")
    assert asked.headers["location"] == "/sign-in?next=%2Faccount%3Fpage%3D2"
    assert 'name="next" value="/account?page=2"' in client.get(asked.headers["location"]).text


@pytest.mark.parametrize("path", ["//evil", "\\\\evil", "https://evil", "/\\evil"])
def test_one_is_sent_to_no_other_site(local: Online, path: str) -> None:
    client = local.client()
    assert client.post("/sign-up", data=ADA).status_code == 303
    assert "evil" not in local.client().get("/sign-in", params={"next": path}).text
    answer = local.client().post("/sign-in", data={**ADA, "next": path})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_session_that_was_planted_is_not_taken_up(local: Online) -> None:
    mallory = local.person("mallory")
    planted = mallory.browser.cookies["session"]
    local.client().post("/sign-up", data=ADA)
    victim = local.client()
    victim.cookies.set("session", planted)
    answer = victim.post("/sign-in", data={**ADA, "csrf": mallory.csrf})
    assert answer.status_code == 303
    assert answer.cookies["session"] != planted
    assert mallory.browser.get("/account").status_code == 303  # theirs has ended, too


def test_a_sign_out_without_a_session_is_one(local: Online) -> None:
    assert local.client().post("/sign-out").headers["location"] == "/sign-in"


@pytest.mark.parametrize("form", [{}, {"name": "eve", "password": GOOD}, {**ADA, "password": "x"}])
def test_a_wrong_password_does_not_say_what_is_wrong(local: Online, form: dict[str, str]) -> None:
    local.client().post("/sign-up", data=ADA)
    answer = local.client().post("/sign-in", data=form)
    assert answer.status_code == 401
    assert 'role="alert">The name or the password is wrong' in answer.text
    assert "session" not in answer.cookies


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({**ADA, "password": "short"}, 422, "at least 10"),
        ({**ADA, "name": ""}, 422, "Expected a name"),
        ({**ADA, "name": "a\0b"}, 422, "Expected a name"),
        ({**ADA, "name": "EVE"}, 409, "taken"),
        ({**ADA, "link": "jjl_none"}, 410, "does not work"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said(
    served: Online, form: dict[str, str], status: int, words: str
) -> None:
    served.person("eve")
    answer = served.client().post("/sign-up", data=form)
    assert answer.status_code == status
    assert words in answer.text
    assert GOOD not in answer.text


def test_who_is_shut_out_is_told_so_for_the_right_password_only(local: Online) -> None:
    local.client().post("/sign-up", data=ADA)
    with local.database.write() as connection:
        account = accounts.by_name(connection, "ada")
        assert account is not None
        accounts.disable(connection, account.id, True)
    assert local.client().post("/sign-in", data={**ADA, "password": "x"}).status_code == 401
    assert local.client().post("/sign-in", data=ADA).status_code == 403


def test_guessing_is_slowed_down_and_its_owner_is_not_locked_out(served: Online) -> None:
    few = Rules(sign_in_name=Rate(2, timedelta(minutes=10)))
    online = with_rules(served, few)
    online.client().post("/sign-up", data=ADA)
    for _ in range(5):
        assert online.client().post("/sign-in", data=ADA).status_code == 303  # costs nothing
    guess = {**ADA, "password": "guess"}
    assert [online.client().post("/sign-in", data=guess).status_code for _ in range(2)] == [401] * 2
    answer = online.client().post("/sign-in", data=ADA)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 300
    elsewhere = online.client(address="192.0.2.1")
    assert elsewhere.post("/sign-in", data=ADA).status_code == 303


def test_an_address_has_so_many_guesses(local: Online) -> None:
    online = with_rules(local, Rules(sign_in=Rate(2, timedelta(minutes=10))))
    answers = [
        online.client().post("/sign-in", data={"name": name, "password": "x"}).status_code
        for name in "abc"
    ]
    assert answers == [401, 401, 429]


def test_a_name_has_so_many_guesses_from_everywhere(local: Online) -> None:
    online = with_rules(local, Rules(sign_in_anywhere=Rate(2, timedelta(hours=1))))
    answers = [
        online.client(address=f"192.0.2.{n}").post("/sign-in", data=ADA).status_code
        for n in range(3)
    ]
    assert answers == [401, 401, 429]


def test_who_has_no_guesses_left_uses_up_none_of_those_from_elsewhere(local: Online) -> None:
    one, two = Rate(1, timedelta(hours=1)), Rate(2, timedelta(hours=1))
    online = with_rules(local, Rules(sign_in_name=one, sign_in_anywhere=two))
    online.client().post("/sign-up", data=ADA)
    guess = {**ADA, "password": "guess"}
    answers = [online.client().post("/sign-in", data=guess).status_code for _ in range(3)]
    assert answers == [401, 429, 429]
    elsewhere = online.client(address="192.0.2.1")
    assert elsewhere.post("/sign-in", data=ADA).status_code == 303


def test_an_address_signs_up_so_many(local: Online) -> None:
    online = with_rules(local, Rules(sign_up=Rate(1, timedelta(hours=1))))
    assert online.client().post("/sign-up", data=ADA).status_code == 303
    answer = online.client().post("/sign-up", data={**ADA, "name": "bob"})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 3000


def test_a_closed_site_takes_in_who_is_invited(served: Online) -> None:
    online = closed(served)
    assert online.client().get("/sign-up").status_code == 403
    assert "by invitation" in online.client().post("/sign-up", data=ADA).text
    assert "/sign-up" not in online.client().get("/sign-in").text
    op = online.person("op", "operator").account
    with online.database.write() as connection:
        link = credentials.make_link(connection, "invite", timedelta(1), "instructor", op.id)
    page = online.client().get("/sign-up", params={"link": link})
    assert (page.status_code, link in page.text) == (200, True)
    form = {**ADA, "link": link}
    assert online.client().post("/sign-up", data={**form, "name": "OP"}).status_code == 409
    assert online.client().post("/sign-up", data=form).status_code == 303
    with online.database.read() as connection:
        account = accounts.by_name(connection, "ada")
    assert account is not None
    assert account.role == "instructor"
    assert online.client().post("/sign-up", data={**form, "name": "bob"}).status_code == 410
    assert online.client().get("/sign-up", params={"link": link}).status_code == 410


def test_an_invitation_works_as_long_as_its_maker_may_invite(local: Online) -> None:
    op, other = local.person("op", "operator").account, local.person("op2", "operator")
    with local.database.write() as connection:
        link = credentials.make_link(connection, "invite", timedelta(1), "operator", op.id)
    assert other.send(f"/operator/users/{op.id}/role", role="instructor").status_code == 303
    assert local.client().get("/sign-up", params={"link": link}).status_code == 410
    assert local.client().post("/sign-up", data={**ADA, "link": link}).status_code == 410


def test_the_first_operator_comes_by_the_link_once(served: Online) -> None:
    with served.database.write() as connection:
        link = credentials.make_link(connection, "operator", timedelta(1))
        second = credentials.make_link(connection, "operator", timedelta(1))
    client = served.client()
    for _ in range(2):  # looking uses nothing up
        assert "operator" in client.get("/welcome", params={"link": link}).text
    assert client.post("/welcome", data={**ADA, "password": "x", "link": link}).status_code == 422
    assert client.post("/welcome", data={**ADA, "link": link}).status_code == 303
    assert client.get("/operator/users").status_code == 200
    for used in (link, second, ""):
        form = {"name": "eve", "password": GOOD, "link": used}
        assert served.client().post("/welcome", data=form).status_code == 410
        assert served.client().get("/welcome", params={"link": used}).status_code == 410


@pytest.mark.parametrize("purpose", ["operator", "invite", "password", "github"])
def test_a_link_is_for_one_purpose_and_a_time(local: Online, purpose: str) -> None:
    op = local.person("op", "operator").account
    with local.database.write() as connection:
        link = credentials.make_link(connection, purpose, timedelta(1), "learner", op.id)
        old = credentials.make_link(connection, purpose, timedelta(-1), "learner", op.id)
    own = {"operator": "/welcome", "invite": "/sign-up", "password": "/new-password"}
    for path in own.values():
        expected = 200 if own.get(purpose) == path else 410
        assert local.client().get(path, params={"link": link}).status_code == expected
        assert local.client().get(path, params={"link": old}).status_code == 410
        assert local.client().post(path, data={**ADA, "link": old}).status_code == 410


def test_a_new_password_by_a_link_ends_all_that_was(served: Online) -> None:
    ada, op = served.person("ada"), served.person("op", "operator")
    first, second = (op.send(f"/operator/users/{ada.account.id}/reset").text for _ in range(2))
    old, link = (text.partition("link=")[2].partition('"')[0] for text in (first, second))
    client = served.client()
    assert client.get("/new-password", params={"link": old}).status_code == 410
    assert client.get("/new-password", params={"link": link}).status_code == 200
    weak = client.post("/new-password", data={"link": link, "password": "ada"})
    assert (weak.status_code, link in weak.text) == (422, True)
    form = {"link": link, "password": GOOD}
    assert client.post("/new-password", data=form).status_code == 303
    assert client.get("/account").status_code == 200
    assert ada.browser.get("/account").status_code == 303
    assert ada.program.get("/api/v1/submissions/1").status_code == 401
    assert served.client().post("/new-password", data=form).status_code == 410
    assert served.client().post("/sign-in", data=ADA).status_code == 303


def test_who_is_shut_out_gets_no_new_password(local: Online) -> None:
    ada, op = local.person("ada"), local.person("op", "operator")
    text = op.send(f"/operator/users/{ada.account.id}/reset").text
    link = text.partition("link=")[2].partition('"')[0]
    op.send(f"/operator/users/{ada.account.id}/disable")
    op.send(f"/operator/users/{ada.account.id}/enable")
    assert local.client().get("/new-password", params={"link": link}).status_code == 410
    form = {"link": link, "password": GOOD}
    assert local.client().post("/new-password", data=form).status_code == 410


def test_what_is_no_form_is_refused(local: Online) -> None:
    body = b"name=%ff&password=\xff"
    assert local.client().post("/sign-in", content=body).status_code == 400


def test_what_cannot_be_printed_leads_nowhere(served: Online) -> None:
    client = served.client()
    assert client.get("/sign-in?next=%00").status_code == 404
    assert client.get("/new-password?link=%00").status_code == 404
    assert client.post("/new-password", data={"link": "\0", "password": GOOD}).status_code == 410
