from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Table, func, insert, select, update

from harness.store import accounts, credentials, fleet, forgetting, hooks, limits
from harness.store.database import Database, now
from harness.store.forgetting import FULL, KEPT, forget
from harness.store.limits import Rate
from harness.store.people import buckets, drafts, links, sessions, tokens
from harness.store.tables import audit, deliveries, workers

RATE = Rate(3, timedelta(seconds=30))
SOON = timedelta(minutes=1)
TABLES = (sessions, tokens, links, deliveries, buckets, workers)


class Desk:
    """A database in which ada leaves one of everything, and clocks can be given."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.database, self.monkeypatch = database, monkeypatch
        with database.write() as connection:
            self.ada = accounts.add(connection, "ada", "learner").id

    def after(self, time: timedelta) -> dict[str, int]:
        """How many rows are left of each kind when so much time has passed."""
        at = now() + time
        with self.monkeypatch.context() as given, self.database.write() as connection:
            given.setattr(forgetting, "now", lambda: at)
            forget(connection)
            return counted(connection)


def counted(connection: Connection) -> dict[str, int]:
    return {table.name: rows(connection, table) for table in TABLES if rows(connection, table)}


def rows(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(database, monkeypatch)


def test_sessions_go_when_they_have_ended_for_long(desk: Desk) -> None:
    with desk.database.write() as connection:
        for _ in range(3):
            credentials.begin_session(connection, desk.ada, "browser")
        ids = [row.id for row in credentials.sessions_of(connection, desk.ada)]
        credentials.end_session(connection, desk.ada, ids[0])
        seen = {"seen_at": now() + credentials.SESSION}
        connection.execute(update(sessions).where(sessions.c.id == ids[1]).values(**seen))
    assert desk.after(KEPT - SOON) == {"sessions": 3}
    assert desk.after(KEPT + SOON) == {"sessions": 2}, "the one that was signed out"
    assert desk.after(KEPT + credentials.IDLE + SOON) == {"sessions": 1}, "the one not used"
    assert desk.after(KEPT + credentials.SESSION - SOON) == {"sessions": 1}
    assert desk.after(KEPT + credentials.SESSION + SOON) == {}


def test_tokens_go_when_they_have_ended_for_long(desk: Desk) -> None:
    with desk.database.write() as connection:
        for lifetime in (None, timedelta(days=1), None):
            id, _ = credentials.make_token(connection, desk.ada, "ci", ["read"], lifetime)
        credentials.revoke_token(connection, desk.ada, id)
    assert desk.after(KEPT - SOON) == {"tokens": 3}
    assert desk.after(KEPT + SOON) == {"tokens": 2}
    assert desk.after(KEPT + timedelta(days=1) + SOON) == {"tokens": 1}
    assert desk.after(timedelta(days=9_999)) == {"tokens": 1}, "it has no end"


def test_links_go_when_they_were_used_or_expired_long_ago(desk: Desk) -> None:
    with desk.database.write() as connection:
        secrets = [credentials.make_link(connection, "password", FULL) for _ in range(2)]
        assert credentials.use_link(connection, secrets[0], "password")
    assert desk.after(KEPT - SOON) == {"links": 2}
    assert desk.after(KEPT + SOON) == {"links": 1}
    assert desk.after(KEPT + FULL + SOON) == {}


def test_deliveries_go_when_nothing_comes_of_them_any_more(desk: Desk) -> None:
    with desk.database.write() as connection:
        webhook, _ = hooks.add(connection, desk.ada, "https://example.org/")
        for _ in range(2):
            hooks.ping(connection, desk.ada, webhook)
        [first] = hooks.due(connection, 9, [])
        sent = hooks.begin(connection, first)
        assert sent is not None
        hooks.delivered(connection, sent, "200")
    assert desk.after(KEPT - SOON) == {"deliveries": 2}
    assert desk.after(KEPT + SOON) == {"deliveries": 1}, "one is to be sent still"


def test_buckets_go_when_they_are_full_again(desk: Desk) -> None:
    with desk.database.write() as connection:
        limits.take(connection, "submit:ada", RATE)
    assert desk.after(FULL - SOON) == {"buckets": 1}
    assert desk.after(FULL + SOON) == {}


def test_workers_go_that_were_not_heard_of_for_long(desk: Desk) -> None:
    with desk.database.write() as connection:
        fleet.join(connection, "w1", {}, "strict", False)
    assert desk.after(KEPT - SOON) == {"workers": 1}
    assert desk.after(KEPT + SOON) == {}


def test_what_learners_made_and_the_audit_log_are_kept(desk: Desk) -> None:
    old = now() - timedelta(days=9_999)
    draft = {"user_id": desk.ada, "problem": "sum", "source": b"pass", "saved_at": old}
    noted = {"at": old, "action": "test", "target": "", "details": {}, "address": ""}
    with desk.database.write() as connection:
        connection.execute(insert(drafts).values(draft))
        connection.execute(insert(audit).values(noted))
        assert forget(connection) == 0
        assert (rows(connection, drafts), rows(connection, audit)) == (1, 1)


def test_only_so_many_are_deleted_at_once(desk: Desk) -> None:
    with desk.database.write() as connection:
        for number in range(3):
            limits.take(connection, f"submit:{number}", RATE)
        connection.execute(update(buckets).values(filled_at=now() - FULL - SOON))
        assert [forget(connection, 2) for _ in range(3)] == [2, 1, 0]


def test_several_that_delete_at_once_do_not_wait_for_each_other(desk: Desk) -> None:
    with desk.database.write() as connection:
        for number in range(20):
            limits.take(connection, f"submit:{number}", RATE)
        connection.execute(update(buckets).values(filled_at=now() - FULL - SOON))
    deleted: list[int] = []

    def clean() -> None:
        with desk.database.write() as connection:
            deleted.append(forget(connection, 5))

    threads = [threading.Thread(target=clean) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.database.read() as connection:
        assert sum(deleted) + rows(connection, buckets) == 20
