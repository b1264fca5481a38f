from __future__ import annotations

import threading

import pytest

from harness.store import applying, audit, queue, rejudging, submissions
from harness.store.accounts import Account
from harness.store.applying import Change
from harness.store.rejudging import Chosen, NoRejudge, judgings_of
from harness.store.types import AnyRow
from tests.harness.school import School


class Again:
    """Three submissions, and a rejudge of them."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.root: Account = school.user("root", "operator")
        self.users = [school.user(name) for name in ("bob", "eve", "joe")]
        self.ids = [school.handed_in(user, "accepted") for user in self.users]
        school.publish(2)
        self.rejudge = self.begin()

    def begin(self) -> str:
        with self.school.database.write() as connection:
            return rejudging.create(connection, self.root, Chosen(), None)[0]

    def judge(self, *verdicts: str) -> None:
        """Judge the three again, in the order of `ids`, with these verdicts."""
        wanted = dict(zip(self.ids, verdicts, strict=True))
        while (claim := self.school.claim()) is not None:
            with self.school.database.write() as connection:
                brought = self.outcome(wanted[claim.submission])
                assert queue.finish(connection, claim, brought)

    @staticmethod
    def outcome(verdict: str) -> queue.Outcome:
        return queue.Outcome(verdict, 100.0 * (verdict == "accepted"), 100.0, None, {})

    def apply(self, rejudge: str | None = None) -> bool:
        with self.school.database.write() as connection:
            return applying.apply(connection, self.root.id, rejudge or self.rejudge)

    def drop(self) -> bool:
        with self.school.database.write() as connection:
            return applying.drop(connection, self.root.id, self.rejudge)

    def row(self) -> AnyRow:
        with self.school.database.read() as connection:
            row = rejudging.one(connection, self.root, self.rejudge)
        assert row is not None
        return row

    def verdicts(self) -> list[str | None]:
        return [self.school.verdict(id)[1] for id in self.ids]

    def diff(self) -> tuple[list[Change], list[tuple[str, str, str]]]:
        with self.school.database.read() as connection:
            changes = applying.changes(connection, self.row())
            changed = applying.changed(connection, self.row(), 10)
        return list(changes), [(row.id, row.before, row.after) for row in changed]

    def kinds(self, id: str) -> list[str]:
        with self.school.database.read() as connection:
            return [e.kind for e in submissions.events_after(connection, id, 0)]


@pytest.fixture
def again(school: School) -> Again:
    return Again(school)


def test_it_is_seen_as_a_diff_and_applied_at_once(again: Again) -> None:
    with pytest.raises(NoRejudge, match="3 of 3 are not judged yet"):
        again.apply()
    again.judge("accepted", "wrong_answer", "judge_error")
    diff = (
        [Change("accepted", "accepted", 1, 0), Change("accepted", "wrong_answer", 1, 1)],
        [(again.ids[1], "accepted", "wrong_answer")],
    )
    assert again.diff() == diff
    assert again.verdicts() == ["accepted"] * 3
    assert again.apply()
    assert again.verdicts() == ["accepted", "wrong_answer", "accepted"]
    assert again.diff() == diff, "it can be seen afterwards too"
    assert not again.apply(), "twice is harmless"
    with pytest.raises(NoRejudge, match="applied already"):
        again.drop()
    assert again.kinds(again.ids[0])[-1] == "done"
    assert again.kinds(again.ids[1])[-1] == "rejudged"
    with again.school.database.read() as connection:
        currents = [[j.current for j in judgings_of(connection, id)] for id in again.ids]
        noted = [(row.action, row.details) for row in audit.latest(connection, 2)]
        after = applying.changed(connection, again.row(), 10, again.ids[1])
    assert currents == [[False, True], [False, True], [True, False]]
    assert noted[0] == ("rejudge.applied", {"changed": 1})
    assert noted[1][0] == "rejudge.created"
    assert after == []


def test_what_is_dropped_is_judged_no_more_and_stays_so(again: Again) -> None:
    claim = again.school.claim()
    assert claim is not None
    assert again.drop()
    assert not again.drop()
    assert again.school.claim() is None
    with pytest.raises(NoRejudge, match="dropped already"):
        again.apply()
    with again.school.database.write() as connection:
        assert not queue.give_up(connection, claim, "it was lost")
        assert not queue.finish(connection, claim, again.outcome("wrong_answer"))
    assert again.school.claim() is None
    assert again.verdicts() == ["accepted"] * 3


def test_who_is_judged_again_waits_no_longer_for_it(again: Again) -> None:
    claim = again.school.claim()
    assert claim is not None
    place = again.ids.index(claim.submission)
    first = again.school.submit(again.users[place])
    again.school.submit(again.users[place - 1])
    following = again.school.claim()
    assert following is not None
    assert following.submission == first


def test_it_is_not_applied_for_a_version_that_is_no_longer_one(again: Again) -> None:
    again.judge("accepted", "accepted", "accepted")
    again.school.publish(3)
    with pytest.raises(NoRejudge, match="newer version"):
        again.apply()
    assert again.drop()


def test_two_that_are_applied_at_once_leave_one_verdict(again: Again) -> None:
    other = again.begin()
    again.judge("wrong_answer", "accepted", "wrong_answer")
    begin = threading.Barrier(2)
    done: list[bool] = []

    def apply(rejudge: str) -> None:
        begin.wait()
        done.append(again.apply(rejudge))

    threads = [threading.Thread(target=apply, args=(id,)) for id in (again.rejudge, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [True, True]
    assert again.verdicts() == ["wrong_answer", "accepted", "wrong_answer"]
    with again.school.database.read() as connection:
        for id in again.ids:
            assert sum(j.current for j in judgings_of(connection, id)) == 1
