from __future__ import annotations

import threading

import pytest

from harness.errors import UsageError
from harness.store import accounts
from harness.store.accounts import LastOperator, NameTaken
from harness.store.database import Database


@pytest.mark.parametrize("name", ["", "-a", "a-", "a b", "ä", "a" * 40, "a\0", "a\n", "<b>"])
def test_what_is_no_name_is_refused(database: Database, name: str) -> None:
    with database.write() as connection:
        assert accounts.by_name(connection, name) is None
        with pytest.raises(UsageError, match="expected a name"):
            accounts.add(connection, name, "learner")


def test_names_differ_in_more_than_case(database: Database) -> None:
    with database.write() as connection:
        ada = accounts.add(connection, "Ada", "learner")
        with pytest.raises(NameTaken, match="ADA"):
            accounts.add(connection, "ADA", "learner")
        assert accounts.by_name(connection, "aDA") == ada
        assert accounts.by_id(connection, ada.id) == ada


def test_one_of_two_who_come_at_once_gets_a_name(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as connection:
        accounts.add(connection, "ada", "learner", github="1")
        monkeypatch.setattr(accounts, "by_name", lambda *_: None)  # as it was a moment ago
        with pytest.raises(NameTaken):
            accounts.add(connection, "ada", "learner")
        bob = accounts.add(connection, "bob", "learner")  # the transaction goes on
        assert accounts.by_id(connection, bob.id) == bob


def test_two_operators_do_not_shut_each_other_out(database: Database) -> None:
    with database.write() as connection:
        ids = [accounts.add(connection, name, "operator").id for name in ("ada", "bob")]
    refused = []

    def shut(id: str) -> None:
        try:
            with database.write() as connection:
                accounts.disable(connection, id, True)
        except LastOperator as error:
            refused.append(error)

    threads = [threading.Thread(target=shut, args=(id,)) for id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    with database.read() as connection:
        assert accounts.there_is_an_operator(connection)
        assert len([a for a in accounts.everyone(connection, 9) if a.disabled_at is None]) == 1


def test_an_account_of_github_is_found_and_let_go(database: Database) -> None:
    with database.write() as connection:
        ada = accounts.add(connection, "ada", "learner")
        accounts.set_github(connection, ada.id, "7")
        found = accounts.by_github(connection, "7")
        assert found is not None
        assert found.id == ada.id
        accounts.set_github(connection, ada.id, None)
        assert accounts.by_github(connection, "7") is None
