from __future__ import annotations

from dataclasses import dataclass

import pytest

from harness.store import fleet, queue, rejudging
from harness.store.accounts import Account
from harness.store.database import now
from harness.store.paging import cursor
from harness.store.rejudging import Chosen, NoRejudge, judgings_of
from tests.harness.school import HOUR, School, outcome, version


@dataclass
class Office:
    """Who may begin rejudges, and the work of three learners: two in classes, one by itself."""

    school: School
    root: Account
    ada: Account
    mine: str
    submissions: dict[str, str]

    def count(self, user: Account, chosen: Chosen) -> int:
        with self.school.database.read() as connection:
            return rejudging.count(connection, user, chosen)

    def create(self, user: Account, chosen: Chosen, key: str | None = None) -> str:
        with self.school.database.write() as connection:
            return rejudging.create(connection, user, chosen, key)[0]


@pytest.fixture
def office(school: School) -> Office:
    root, ada = school.user("root", "operator"), school.user("ada", "instructor")
    other = school.user("other", "instructor")
    mine, theirs = school.create(ada), school.create(other)
    bob, eve, joe = (school.user(name) for name in ("bob", "eve", "joe"))
    school.join(mine, bob)
    school.join(theirs, eve)
    found = {
        "bob": school.handed_in(bob, "accepted", "sum", school.set(mine)),
        "eve": school.handed_in(eve, "wrong_answer", "mean", school.set(theirs)),
        "joe": school.handed_in(joe, "judge_error", "sum"),
    }
    return Office(school, root, ada, mine, found)


def test_one_chooses_among_what_has_a_verdict(office: Office) -> None:
    office.school.submit(office.ada)
    late, early = Chosen(until=now() - HOUR), Chosen(since=now() - HOUR)
    counts = {
        Chosen(): 3,
        Chosen(problem="sum"): 2,
        Chosen(verdict="wrong_answer"): 1,
        late: 0,
        early: 3,
        Chosen(outdated=True): 0,
        Chosen(class_id=office.mine): 1,
    }
    assert {chosen: office.count(office.root, chosen) for chosen in counts} == counts
    office.school.publish(2)
    assert office.count(office.root, Chosen(outdated=True)) == 3


def test_an_instructor_chooses_among_the_sets_of_their_classes(office: Office) -> None:
    assert office.count(office.ada, Chosen()) == 1
    other = office.school.create(office.school.user("new", "instructor"))
    assert office.count(office.ada, Chosen(class_id=other)) == 0
    id = office.create(office.ada, Chosen())
    with office.school.database.read() as connection:
        assert rejudging.progress(connection, id) == {"queued": 1}


def test_it_is_made_once_for_a_key(office: Office) -> None:
    first = office.create(office.root, Chosen(problem="sum"), "key")
    assert office.create(office.root, Chosen(problem="sum"), "key") == first
    with pytest.raises(NoRejudge, match="used for another"):
        office.create(office.root, Chosen(), "key")
    assert office.create(office.root, Chosen(problem="sum")) != first


def test_where_nothing_fits_nothing_is_made(office: Office) -> None:
    with pytest.raises(NoRejudge, match="nothing to judge"):
        office.create(office.root, Chosen(problem="nothing"))
    with office.school.database.read() as connection:
        assert rejudging.latest(connection, office.root, 5) == []


def test_so_many_are_judged_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejudging, "MOST", 2)
    with pytest.raises(NoRejudge, match="3 submissions fit, and at most 2"):
        office.create(office.root, Chosen())


def test_it_is_seen_by_who_made_it_and_operators(office: Office) -> None:
    first, second = office.create(office.root, Chosen()), office.create(office.ada, Chosen())
    with office.school.database.read() as connection:
        assert rejudging.one(connection, office.ada, first) is None
        assert [r.id for r in rejudging.latest(connection, office.ada, 5)] == [second]
        newest = rejudging.latest(connection, office.root, 1)
        assert [(r.id, r.user) for r in newest] == [(second, "ada")]
        older = rejudging.latest(
            connection, office.root, 5, cursor(newest[0].created_at, newest[0].id)
        )
        assert [r.id for r in older] == [first]


def test_it_is_judged_by_the_version_of_now_after_what_is_live(office: Office) -> None:
    school = office.school
    school.publish(2)
    office.create(office.root, Chosen(problem="sum", verdict="accepted"))
    live = school.submit(office.ada)
    with school.database.write() as connection:
        known = list(school.versions.values())
        first = queue.claim(connection, "w1", known)
        assert queue.claim(connection, "w2", known, live_only=True) is None
        second = queue.claim(connection, "w1", known)
        assert first is not None
        assert second is not None
        assert (first.submission, second.submission) == (live, office.submissions["bob"])
        assert second.version == version("sum", 2)
        assert queue.finish(connection, second, outcome("wrong_answer"))
    assert school.verdict(second.submission) == ("done", "accepted")
    with school.database.read() as connection:
        told = [(j.version, j.verdict, j.current) for j in judgings_of(connection, live)]
        assert told == [(version("sum", 2), None, False)]
        rows = judgings_of(connection, second.submission)
    assert [(row.verdict, row.current) for row in rows] == [
        ("accepted", True),
        ("wrong_answer", False),
    ]


def test_it_waits_for_a_version_that_no_worker_knows(office: Office) -> None:
    school = office.school
    old = list(school.versions.values())
    school.publish(2)
    office.create(office.root, Chosen())
    with school.database.write() as connection:
        assert not queue.waiting(connection, old)
        assert queue.claim(connection, "w1", old) is None
        fleet.quarantine(connection, version("sum", 2), "broken")
        assert queue.claim(connection, "w1", [version("sum", 2)]) is None
        claim = queue.claim(connection, "w1", [version("mean", 2)])
    assert claim is not None
