from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from harness.store import accounts, hooks
from harness.store import classes as store_classes
from harness.store.database import new_id, now
from harness.store.hooks import ATTEMPTS, Due, TooMany
from harness.store.people import classes, members
from harness.store.tables import deliveries, webhooks
from tests.harness.online import Online, Person
from tests.harness.school import School

URL = "https://example.org/"


def hooked(site: Online, person: Person) -> str:
    with site.database.write() as connection:
        return hooks.add(connection, person.account.id, URL)[0]


def taught(site: Online, teacher: Person, learner: Person) -> None:
    with site.database.write() as connection:
        id, at = new_id(), now()
        row = {"id": id, "name": "A", "code": id, "created_at": at}
        connection.execute(insert(classes).values(row))
        for person, teaches in ((teacher, True), (learner, False)):
            member = {"class_id": id, "user_id": person.account.id, "teaches": teaches}
            connection.execute(insert(members).values(**member, joined_at=at))


def told(connection: Connection) -> dict[str, str]:
    """What waits, by webhook."""
    rows = connection.execute(select(deliveries.c.webhook_id, deliveries.c.body)).all()
    return {row.webhook_id: row.body for row in rows}


def make_due(connection: Connection) -> None:
    waiting = update(deliveries).where(deliveries.c.next_at.is_not(None))
    connection.execute(waiting.values(next_at=now() - timedelta(seconds=1)))


def begun(connection: Connection) -> Due:
    make_due(connection)
    (id,) = hooks.due(connection, 10, [])
    found = hooks.begin(connection, id)
    assert found is not None
    return found


def test_who_submitted_and_who_teaches_is_told(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    eve, ed = served.person("eve", "instructor"), served.person("ed", "instructor")
    own, other = hooked(served, ada), hooked(served, bob)
    hers, his = hooked(served, eve), hooked(served, ed)
    taught(served, eve, ada)
    taught(served, ed, bob)
    id = served.judged(ada)
    with served.database.write() as connection:
        found = told(connection)
        assert found.keys() == {own, hers}
        body = json.loads(found[own])
        assert (body["event"], body["submission"]["id"]) == ("submission.judged", id)
        assert (body["submission"]["user"], body["submission"]["verdict"]) == ("ada", "accepted")
        accounts.set_role(connection, eve.account.id, "learner")
        accounts.disable(connection, bob.account.id, True)
        connection.execute(deliveries.delete())
    served.judged(ada)
    served.judged(served.person("dan"))
    with served.database.read() as connection:
        assert told(connection).keys() == {own}
        assert {other, his}.isdisjoint(told(connection))


def test_a_delivery_is_tried_so_often_and_given_up(served: Online) -> None:
    webhook = hooked(served, served.person("ada"))
    owner = served.database
    with owner.write() as connection:
        user = connection.execute(select(webhooks.c.user_id)).scalar_one()
        assert hooks.ping(connection, user, webhook) is not None
        pauses = []
        for attempt in range(1, ATTEMPTS + 1):
            sending = begun(connection)
            assert (sending.attempt, sending.url, sending.event) == (attempt, URL, "test")
            assert hooks.begin(connection, sending.id) is None
            again = hooks.failed(connection, sending, "answered 500")
            pauses.append(None if again is None else again - now())
        assert pauses[-1] is None
        growing = [pause for pause in pauses if pause is not None]
        assert growing == sorted(growing)
        make_due(connection)
        assert hooks.due(connection, 10, []) == []
        last = hooks.last(connection, webhook)
        assert last is not None
        assert (last.attempts, last.answer, last.delivered_at) == (ATTEMPTS, "answered 500", None)


def test_what_was_begun_and_not_heard_of_is_sent_again(served: Online) -> None:
    ada = served.person("ada")
    webhook = hooked(served, ada)
    with served.database.write() as connection:
        hooks.ping(connection, ada.account.id, webhook)
        late, second = begun(connection), begun(connection)
        hooks.failed(connection, late, "too late to count")
        hooks.delivered(connection, second, "200")
        last = hooks.last(connection, webhook)
        assert last is not None
        assert (last.attempts, last.answer, last.next_at) == (2, "200", None)
        for _ in range(2):
            hooks.ping(connection, ada.account.id, webhook)
        assert len(hooks.due(connection, 10, [])) == 1
        assert hooks.due(connection, 10, [webhook]) == []


def test_a_webhook_is_of_one_user_who_has_few(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    webhook = hooked(served, ada)
    with served.database.write() as connection:
        assert hooks.ping(connection, bob.account.id, webhook) is None
        assert not hooks.remove(connection, bob.account.id, webhook)
        for _ in range(hooks.MOST - 1):
            hooks.add(connection, ada.account.id, URL)
        with pytest.raises(TooMany, match="delete one first"):
            hooks.add(connection, ada.account.id, URL)
        assert hooks.ping(connection, ada.account.id, webhook)
        assert hooks.remove(connection, ada.account.id, webhook)
        assert told(connection) == {}


def test_of_an_instructor_in_a_class_is_told_what_comes_through_its_sets(school: School) -> None:
    ada, eve = school.user("ada", "instructor"), school.user("eve", "instructor")
    id = school.create(ada)
    with school.database.write() as connection:
        hooks.add(connection, ada.id, URL)
        store_classes.let_teach(connection, id, eve, True)
        store_classes.let_teach(connection, id, eve, False)
    school.handed_in(eve)
    with school.database.read() as connection:
        assert told(connection) == {}
    school.handed_in(eve, "accepted", "sum", school.set(id))
    with school.database.read() as connection:
        assert len(told(connection)) == 1
