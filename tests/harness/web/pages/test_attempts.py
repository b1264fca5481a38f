from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import update

from harness.report.document import Output
from harness.report.jsondoc import to_document
from harness.store import queue
from harness.store.tables import judgings
from tests.harness.online import Online
from tests.harness.report.formats.conftest import FAULTLESS, RAISED, WRONG
from tests.harness.report.formats.test_html import PROGRAM
from tests.harness.web.pages.desk import PROBLEM, accept, hand_in, judge

LINES = "".join(f"line = {n}\n" for n in range(1, 15))


def test_while_it_waits_and_runs_it_is_said_how_far_it_is(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    first, second = hand_in(bob), hand_in(ada)
    page = ada.browser.get(f"/submissions/{second}").text
    assert "Waiting in the queue, with 1 ahead." in page
    assert 'http-equiv="refresh"' in page
    assert f'data-events="/api/v1/submissions/{second}/events"' in page
    assert "Next in the queue." in bob.browser.get(f"/submissions/{first}").text
    versions = [each.version for each in served.site.problems.values()]
    with served.database.write() as connection:
        queue.claim(connection, "worker", versions)
    assert "Being judged." in bob.browser.get(f"/submissions/{first}").text


def test_only_who_made_it_and_who_teaches_see_it(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    path = f"/submissions/{hand_in(ada)}"
    for each in (path, f"{path}/part"):
        assert bob.browser.get(each).status_code == 404
        assert served.client().get(each).status_code == 303
        assert served.teacher("eve" + each[-1], ada).browser.get(each).status_code == 200
        assert served.teacher("dan" + each[-1], bob).browser.get(each).status_code == 404


def test_of_a_very_long_source_the_beginning_is_shown(local: Online) -> None:
    ada = local.person("ada")
    id = hand_in(ada, "é = 1\n" * 20_000)
    page = ada.browser.get(f"/submissions/{id}").text
    assert page.count('<tr id="line-') == (32 << 10) // 7
    assert f'<a href="/api/v1/submissions/{id}/source">all of it</a>' in page
    assert "all of it" not in ada.browser.get(f"/submissions/{hand_in(ada, LINES)}").text


def test_help_comes_by_level(served: Online) -> None:
    ada = served.person("ada")
    path = f"/submissions/{hand_in(ada, LINES)}"
    judge(served, replace(WRONG, program=PROGRAM))
    where = 'href="#line-12"'
    cause, advice = "The gradient lacks the factor x.", "Differentiate (w * x - y)**2"
    pages = [ada.browser.get(f"{path}?hints={level}").text for level in range(4)]
    assert ["Wrong answer" in page for page in pages] == [True] * 4
    assert [where in page for page in pages] == [False, True, True, True]
    assert [cause in page for page in pages] == [False, False, True, True]
    assert [advice in page for page in pages] == [False, False, False, True]
    assert ["Show more help" in page for page in pages] == [True, True, True, False]
    for asked in ("", "?hints=", "?hints=9", "?hints=x"):
        shown = ada.browser.get(path + asked).text
        assert (where in shown, cause in shown) == (True, False)
    assert 'id="line-12" class="parted"' in pages[1]
    assert 'id="line-12"><td' in pages[0]
    assert "Your program, as the judge sees it" in pages[1]
    assert "<svg" in pages[1]


def test_the_part_is_what_changes_when_it_is_judged(served: Online) -> None:
    ada = served.person("ada")
    path = f"/submissions/{hand_in(ada)}/part"
    assert "Accepted" not in ada.browser.get(path).text
    accept(served, equations=7)
    part = ada.browser.get(path).text
    assert "7 equations in the body" in part
    assert "<html" not in part
    assert "Show more help" not in part


def test_learners_text_is_never_markup(served: Online) -> None:
    ada = served.person("ada")
    source = "</pre><script>alert(1)</script>\n</textarea><script>\n\u202e# reversed\n"
    id = hand_in(ada, source)
    told = replace(RAISED, name="<script>.py", output=Output("<script>alert(2)</script>"))
    judge(served, told)
    for path in (f"/submissions/{id}", f"/problems/{PROBLEM}?from={id}", f"/submissions/{id}/part"):
        page = ada.browser.get(path).text
        assert page.count("<script") == page.count('<script src="/static/')
    assert "\u202e" not in ada.browser.get(f"/submissions/{id}").text


def test_a_failure_of_the_judge_is_not_the_learners(served: Online) -> None:
    ada = served.person("ada")
    path = f"/submissions/{hand_in(ada)}"
    judge(served, FAULTLESS)
    page = ada.browser.get(path).text
    assert "The judge failed, not your program." in page
    assert "Show more help" not in page


def test_a_report_that_cannot_be_read_is_said_to_be_so(served: Online) -> None:
    ada = served.person("ada")
    path = f"/submissions/{hand_in(ada)}"
    judge(served, WRONG)
    document: dict[str, Any] = {**to_document(WRONG), "schema": "another"}
    with served.database.write() as connection:
        connection.execute(update(judgings).values(report=document))
    page = ada.browser.get(path).text
    assert "written by another version" in page
    assert "Wrong answer" in page


def test_instructors_see_whose_it_is_and_the_other_attempts(served: Online) -> None:
    ada = served.person("ada")
    eve = served.teacher("eve", ada)
    first, second = hand_in(ada), hand_in(ada, once="2")
    page = eve.browser.get(f"/submissions/{second}").text
    assert "An attempt of ada" in page
    assert f"/history/diff?a={first}&amp;b={second}" in page
