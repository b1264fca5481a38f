from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from argon2 import PasswordHasher
from hypothesis import example, given
from hypothesis import strategies as st

from harness.store import accounts, credentials
from harness.store.accounts import Account
from harness.store.database import now
from harness.store.people import ROLES
from harness.web.security import passwords, rates
from harness.web.security.signing_in import own_path
from harness.web.security.signing_up import may_invite
from tests.harness.online import Online

GOOD = "correct horse battery"


@pytest.mark.parametrize("path", ["/", "/problems/a?x=1&y=2", "/account#tokens", "/a//b", "/a:b"])
def test_a_page_of_this_site_may_be_gone_to(path: str) -> None:
    assert own_path(path) == path


@given(st.one_of(st.text(), st.text("/\\.:@evil%09\t\n\r ", max_size=20)))
@example("//evil")
@example("\\\\evil")
@example("/\\evil")
@example("/\t/evil")
@example("https://evil/")
@example("https:evil")
@example("javascript:alert(1)")
@example("//[")
@example("/" + "a" * 600)
@example("")
def test_nowhere_else_can_be_gone_to(path: str) -> None:
    found = own_path(path)
    # What a browser makes of it: it takes \ for /, and leaves out tabs and line ends.
    seen = found.replace("\\", "/").translate({9: None, 10: None, 13: None})
    parts = urlsplit(urljoin("https://here/sign-in", seen))
    assert (parts.scheme, parts.netloc) == ("https", "here")
    assert found == seen
    assert found.startswith("/")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_known_by_what_it_has_for_itself(address: str, found: str) -> None:
    assert rates.network(address) == found


@pytest.mark.parametrize(
    ("role", "disabled", "invites"),
    [
        ("learner", False, ()),
        ("instructor", False, ("learner",)),
        ("operator", False, ROLES),
        ("operator", True, ()),
    ],
)
def test_who_invites_whom(role: str, disabled: bool, invites: tuple[str, ...]) -> None:
    at = now()
    account = Account("1", "ada", role, None, at, at if disabled else None)
    assert [each for each in ROLES if may_invite(account, each)] == list(invites)
    assert not may_invite(None, "learner")


def test_a_session_that_is_used_goes_on(local: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = local.person("ada")
    monkeypatch.setattr(credentials, "_SEEN", timedelta(0))
    with local.database.read() as connection:
        before = credentials.sessions_of(connection, ada.account.id)[0].seen_at
    assert ada.browser.get("/account").status_code == 200
    with local.database.read() as connection:
        assert credentials.sessions_of(connection, ada.account.id)[0].seen_at > before


def test_a_password_is_kept_anew_when_parameters_change(
    local: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    with local.database.write() as connection:
        ada = accounts.add(connection, "ada", "learner", passwords.hashed(GOOD))
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(2, 8, 1))
    client = local.client()
    assert client.post("/sign-in", data={"name": "Ada", "password": GOOD}).status_code == 303
    with local.database.read() as connection:
        kept = accounts.password(connection, ada.id)
    assert kept is not None
    assert "t=2" in kept
    assert passwords.matches(kept, GOOD)
