from __future__ import annotations

from harness.store import submissions
from harness.store.submissions import Offered
from harness.web.pages import history
from tests.harness.online import Online, Person
from tests.harness.report.formats.conftest import WRONG
from tests.harness.web.pages.desk import PROBLEM, accept, hand_in, judge

OTHER = "scan_training_step"


def test_one_sees_ones_own_attempts_the_newest_first(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    ids = [hand_in(ada), hand_in(ada, problem=OTHER), hand_in(ada, "x = 1")]
    others = hand_in(bob)
    judge(served, WRONG)
    page = ada.browser.get("/history").text
    places = [page.index(f'"/submissions/{id}"') for id in ids]
    assert places == sorted(places, reverse=True)
    assert others not in page
    assert f"/history/diff?a={ids[0]}&amp;b={ids[2]}" in page
    assert "Nothing was submitted yet" in served.person("new").browser.get("/history").text


def test_it_is_filtered_by_problem(served: Online) -> None:
    ada = served.person("ada")
    one, other = hand_in(ada), hand_in(ada, problem=OTHER)
    page = ada.browser.get(f"/history?problem={OTHER}").text
    assert (one in page, other in page) == (False, True)
    assert f'value="{OTHER}" selected' in page
    assert "to this problem yet" in ada.browser.get("/history?problem=none").text


def test_it_comes_in_parts(served: Online) -> None:
    ada = served.person("ada")
    _copies(served, ada, history._PART + 3)
    first = ada.browser.get(f"/history?problem={PROBLEM}").text
    link = first.split('href="/history?problem=')[1].split('"')[0].replace("&amp;", "&")
    second = ada.browser.get(f"/history?problem={link}").text
    assert first.count('href="/submissions/') == history._PART
    assert second.count('href="/submissions/') == 3
    assert "Older ones" in first
    assert "Older ones" not in second
    assert "The newest" in second
    assert ada.browser.get("/history?after=x").status_code == 400


def _copies(served: Online, person: Person, count: int) -> None:
    version = served.site.problems[PROBLEM].version
    offered = Offered(person.account.id, PROBLEM, version, "a.py", b"pass")
    with served.database.write() as connection:
        for _ in range(count):
            submissions.accept(connection, offered)


def test_a_difference_shows_both_verdicts_and_what_changed(served: Online) -> None:
    ada = served.person("ada")
    old = hand_in(ada, "a = 1\nb = 2\n<b>\n")
    judge(served, WRONG)
    new = hand_in(ada, "a = 1\nb = 3\n<b>\n")
    accept(served)
    page = ada.browser.get(f"/history/diff?a={old}&b={new}").text
    assert "Wrong answer" in page
    assert "Accepted" in page
    assert "− removed" in page
    assert "+ added" in page
    assert "&lt;b&gt;" in page
    same = ada.browser.get(f"/history/diff?a={old}&b={old}").text
    assert "both are the same text" in same


def test_a_difference_is_of_ones_own_attempts_at_one_problem(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    eve, dan = served.teacher("eve", ada, bob), served.teacher("dan", bob)
    mine, training = hand_in(ada), hand_in(ada, problem=OTHER)
    his = hand_in(bob)
    assert ada.browser.get(f"/history/diff?a={mine}&b={training}").status_code == 400
    assert ada.browser.get(f"/history/diff?a={mine}&b={his}").status_code == 404
    assert ada.browser.get("/history/diff").status_code == 404
    assert eve.browser.get(f"/history/diff?a={mine}&b={his}").status_code == 400
    assert eve.browser.get(f"/history/diff?a={mine}&b={mine}").status_code == 200
    assert dan.browser.get(f"/history/diff?a={mine}&b={mine}").status_code == 404
    assert f"/submissions/{mine}" not in dan.browser.get("/history").text
    assert dan.browser.get(f"/problems/{PROBLEM}?from={mine}").status_code == 404


def test_an_old_attempt_can_be_chosen_beside_the_newest(served: Online) -> None:
    ada = served.person("ada")
    old = hand_in(ada, "old = 1")
    _copies(served, ada, history._CHOICE)
    page = ada.browser.get(f"/history/diff?a={old}&b={old}").text
    assert page.count(f'<option value="{old}" selected>') == 2
