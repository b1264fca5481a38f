from __future__ import annotations

from typing import Literal

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from harness.web.call import Refusal
from harness.web.security import passwords

GOOD = "correct horse battery"


@pytest.mark.parametrize(
    ("password", "word"),
    [("short", "10"), ("ä" * 513, "1024"), ("ada.lovelace", "name"), (" ADA.lovelace ", "name")],
)
def test_some_will_not_do(password: str, word: str) -> None:
    with pytest.raises(Refusal, match=word) as refused:
        passwords.check(password, "ada.lovelace")
    assert refused.value.status == 422
    assert "password" in refused.value.fields


@given(st.text(st.characters(exclude_categories=()), min_size=10, max_size=100))
def test_any_other_will(password: str) -> None:
    passwords.check(password, "ada")
    kept = passwords.hashed(password)
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password + "x")
    assert not passwords.matches(None, password)


def test_the_same_characters_are_the_same_password() -> None:
    assert passwords.matches(passwords.hashed("crème brûlée"), "cre\u0300me bru\u0302le\u0301e")


def test_what_is_too_long_is_not_cut_to_fit() -> None:
    kept = passwords.hashed("x" * 1024)
    assert passwords.matches(kept, "x" * 1024)
    assert not passwords.matches(kept, "x" * 1025)


def test_something_else_than_a_hash_matches_nothing() -> None:
    assert not passwords.matches("plain", "plain")


def test_it_takes_as_long_where_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    verified = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            verified.append(self.check_needs_rehash(str(hash)))
            return super().verify(hash, password)

    kept = passwords.hashed(GOOD)
    monkeypatch.setattr(passwords, "HASHER", Counting(1, 8, 1))
    passwords.matches(kept, GOOD)
    passwords.matches(None, GOOD)
    assert verified == [False, False]  # with the same parameters each time


def test_other_parameters_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = passwords.hashed(GOOD)
    assert not passwords.outdated(kept)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(2, 8, 1))
    assert passwords.outdated(kept)
