from __future__ import annotations

import re

import pytest

from harness.web.pages import leaderboard
from tests.harness.online import Online
from tests.harness.report.formats.conftest import WRONG
from tests.harness.web.pages.desk import PROBLEM, accept, hand_in, judge

PAGE = f"/problems/{PROBLEM}/leaderboard"


def test_the_fewest_equations_come_first_and_nobodys_code_is_there(served: Online) -> None:
    ada, bob, eve = (served.person(name) for name in ("ada", "bob", "eve"))
    assert "Be the first" in ada.browser.get(PAGE).text
    ids = []
    for person, equations in ((ada, 9), (bob, 7), (ada, 8)):
        ids.append(hand_in(person, f"secret = {equations}", once=str(equations)))
        accept(served, equations)
    hand_in(eve)
    judge(served, WRONG)
    page = ada.browser.get(PAGE).text
    assert page.index(">bob<") < page.index(">ada <")
    assert "eve" not in page
    assert "secret" not in page
    assert ids[1] not in page
    assert f'<a href="/submissions/{ids[2]}">you</a>' in page
    assert ada.browser.get("/problems/none/leaderboard").status_code == 404


def test_it_comes_in_parts(served: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaderboard, "_PART", 1)
    for name in ("ada", "bob"):
        hand_in(served.person(name))
        accept(served)
    eve = served.person("eve")
    first = eve.browser.get(PAGE).text
    assert (">ada<" in first, ">bob<" in first) == (True, False)
    following = re.search(r'href="(\S+\?after=\S+)">The next', first)
    assert following is not None
    second = eve.browser.get(following[1]).text
    assert (">ada<" in second, ">bob<" in second, "The next" in second) == (False, True, False)
    assert "Nobody is here any more" in eve.browser.get(f"{PAGE}?after=9999999999-1-zoe").text
    assert eve.browser.get(f"{PAGE}?after=x").status_code == 400
