from __future__ import annotations

from dataclasses import replace

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
        assert standings.leaderboard(connection, "scan_cumsum", 1, 1) == [rows[1]]
        assert standings.leaderboard(connection, "scan_training_step", 10) == []
        accounts.disable(connection, bob.account.id, True)
        assert standings.leaderboard(connection, "scan_cumsum", 1)[0].user == "ada"


def test_progress_is_the_best_of_what_was_tried(served: Online) -> None:
    ada = served.person("ada")
    wrong = replace(ACCEPTED, verdict="wrong_answer")
    for outcome, state in ((wrong, "tried"), (ACCEPTED, "accepted"), (wrong, "accepted")):
        judged(served, ada, outcome)
        with served.database.read() as connection:
            assert standings.progress(connection, ada.account.id) == {"scan_cumsum": state}
