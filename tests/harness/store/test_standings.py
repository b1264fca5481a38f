from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from harness.errors import UsageError
from harness.store import accounts, standings
from harness.store.queue import Outcome
from tests.harness.online import ACCEPTED, Online, Person


def judged(site: Online, person: Person, outcome: Outcome) -> str:
    id = site.submit(person)
    assert site.settle(outcome) == id
    return id


def test_the_smallest_program_comes_first_then_the_first(served: Online) -> None:
    ada, bob, cyd, dan = (served.person(name) for name in ("ada", "bob", "cyd", "dan"))
    first = judged(served, ada, replace(ACCEPTED, equations=6))
    judged(served, bob, replace(ACCEPTED, equations=9))
    small = judged(served, bob, replace(ACCEPTED, equations=5))
    judged(served, bob, replace(ACCEPTED, equations=5))
    judged(served, cyd, replace(ACCEPTED, verdict="wrong_answer", equations=None))
    judged(served, dan, replace(ACCEPTED, equations=None))
    judged(served, served.person("eve"), replace(ACCEPTED, equations=6))
    with served.database.write() as connection:
        rows = standings.leaderboard(connection, "scan_cumsum", 10)
        assert [(row.rank, row.user, row.equations) for row in rows] == [
            (1, "bob", 5),
            (2, "ada", 6),
            (3, "eve", 6),
            (4, "dan", None),
        ]
        assert [row.submission for row in rows[:2]] == [small, first]
        for before, after in pairwise(rows):
            assert standings.leaderboard(connection, "scan_cumsum", 1, before.cursor) == [after]
        assert standings.leaderboard(connection, "scan_cumsum", 1, rows[-1].cursor) == []
        assert standings.leaderboard(connection, "scan_training_step", 10) == []
        accounts.disable(connection, bob.account.id, True)
        assert standings.leaderboard(connection, "scan_cumsum", 1)[0].user == "ada"


def test_a_part_goes_on_where_one_ended_whoever_was_accepted_meanwhile(served: Online) -> None:
    ada, bob, cyd = (served.person(name) for name in ("ada", "bob", "cyd"))
    for person, equations in ((ada, 6), (bob, 8), (cyd, 8)):
        judged(served, person, replace(ACCEPTED, equations=equations))
    with served.database.read() as connection:
        ended = standings.leaderboard(connection, "scan_cumsum", 2)[-1].cursor
    judged(served, served.person("dan"), replace(ACCEPTED, equations=5))
    judged(served, bob, replace(ACCEPTED, equations=7))
    with served.database.read() as connection:
        rest = standings.leaderboard(connection, "scan_cumsum", 9, ended)
    assert [(row.rank, row.user) for row in rest] == [(4, "cyd")]


@pytest.mark.parametrize("cursor", ["", "1", "x-1-ada", "1-x-ada", "-1-1-ada", "9" * 20 + "-1-ada"])
def test_what_is_no_cursor_is_told(served: Online, cursor: str) -> None:
    with served.database.read() as connection, pytest.raises(UsageError, match="as its next"):
        standings.leaderboard(connection, "scan_cumsum", 9, cursor)


def test_progress_is_the_best_of_what_was_tried(served: Online) -> None:
    ada = served.person("ada")
    wrong = replace(ACCEPTED, verdict="wrong_answer")
    for outcome, state in ((wrong, "tried"), (ACCEPTED, "accepted"), (wrong, "accepted")):
        judged(served, ada, outcome)
        with served.database.read() as connection:
            assert standings.progress(connection, ada.account.id) == {"scan_cumsum": state}
