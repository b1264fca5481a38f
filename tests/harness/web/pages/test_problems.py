from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from harness.store.limits import Rate
from harness.web.site import Rules
from tests.harness.online import Online
from tests.harness.report.formats.conftest import WRONG
from tests.harness.web.pages.desk import PROBLEM, SOURCE, accept, hand_in, judge, post

PAGE = f"/problems/{PROBLEM}"
CUMSUM, TRAINING = "Prefix sums by a scan", "A training loop as one scan"


def test_problems_are_listed_with_how_one_stands(served: Online) -> None:
    ada = served.person("ada")
    assert "Not tried" in ada.browser.get("/").text
    hand_in(ada)
    judge(served, WRONG)
    assert "</span> Tried" in ada.browser.get("/").text
    hand_in(ada, once="2")
    accept(served)
    page = ada.browser.get("/").text
    assert "1 of 2 accepted so far" in page
    assert "</span> Accepted" in page
    assert "Not tried</span>" not in served.client().get("/").text


@pytest.mark.parametrize(
    ("query", "cumsum", "training"),
    [
        ("", True, True),
        ("?level=easy", True, False),
        ("?level=medium", False, False),
        ("?level=none", True, True),
        ("?tag=training-loop", False, True),
        ("?state=new", False, True),
        ("?state=tried", True, False),
        ("?state=tried&tag=training-loop", False, False),
        ("?state=accepted", False, False),
    ],
)
def test_problems_are_filtered(served: Online, query: str, cumsum: bool, training: bool) -> None:
    ada = served.person("ada")
    hand_in(ada)
    page = ada.browser.get(f"/{query}").text
    assert ((CUMSUM in page), (TRAINING in page)) == (cumsum, training)
    assert ("No problem is like that" in page) == (not cumsum and not training)


def test_filters_keep_each_other(served: Online) -> None:
    page = served.person("ada").browser.get("/?level=easy&state=new").text
    assert 'href="/?level=easy&amp;state=tried"' in page
    assert 'href="/?state=new"' in page


def test_a_state_is_no_filter_for_who_is_not_signed_in(served: Online) -> None:
    assert CUMSUM in served.client().get("/?state=accepted").text


def test_a_statement_is_for_everybody_and_the_editor_for_users(served: Online) -> None:
    stranger = served.client().get(PAGE).text
    assert "<math" in stranger
    assert "textarea" not in stranger
    assert f"/sign-in?next=/problems/{PROBLEM}" in stranger
    ada = served.person("ada").browser.get(PAGE).text
    assert "data-editor" in ada
    assert served.client().get("/problems/none").status_code == 404


def test_the_editor_begins_with_the_starter_the_draft_or_an_attempt(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    assert "raise NotImplementedError" in ada.browser.get(PAGE).text
    answer = post(ada, f"{PAGE}/draft", source="mine = 1")
    assert answer.headers["location"] == f"{PAGE}?saved"
    page = ada.browser.get(answer.headers["location"]).text
    assert "\nmine = 1</textarea>" in page
    assert "Your draft is saved" in page
    assert "raise NotImplementedError" in ada.browser.get(f"{PAGE}?starter").text
    id = hand_in(ada, "first = 1")
    hand_in(ada, "second = 2")
    assert "\nsecond = 2</textarea>" in ada.browser.get(PAGE).text
    assert "\nfirst = 1</textarea>" in ada.browser.get(f"{PAGE}?from={id}").text
    assert bob.browser.get(f"{PAGE}?from={id}").status_code == 404
    other = "/problems/scan_training_step"
    assert ada.browser.get(f"{other}?from={id}").status_code == 404


def test_the_same_text_from_the_same_page_counts_once(served: Online) -> None:
    ada = served.person("ada")
    first = hand_in(ada)
    assert hand_in(ada) == first
    assert hand_in(ada, "other = 1") != first
    assert hand_in(ada, once="2") != first


def test_what_is_no_submission_is_refused_and_shown_again(served: Online) -> None:
    ada = served.person("ada")
    for path in (PAGE, f"{PAGE}/draft"):
        answer = post(ada, path, source="a\0b")
        assert answer.status_code == 422
        assert "contains NUL bytes" in answer.text
    assert post(ada, PAGE, source=" ").status_code == 422
    assert post(ada, f"{PAGE}/draft", source="").status_code == 303
    assert post(ada, "/problems/none", source=SOURCE).status_code == 404


def test_what_was_typed_survives_a_refusal(served: Online) -> None:
    ada = served.person("ada")
    stale = ada.browser.post(PAGE, data={"csrf": "old", "source": "typed = 1"})
    assert stale.status_code == 403
    assert "older than your session" in stale.text
    assert "\ntyped = 1</textarea>" in stale.text
    assert ada.csrf in stale.text
    ended = served.client().post(PAGE, data={"csrf": ada.csrf, "source": "typed = 1"})
    assert ended.status_code == 401
    assert "Your session has ended" in ended.text
    assert "\ntyped = 1</textarea>" in ended.text


def test_a_set_that_cannot_be_is_refused(local: Online) -> None:
    sent = local.person("ada").send(PAGE, source="pass", set="a\x00")
    assert sent.status_code == 422


def test_another_site_cannot_have_its_text_shown(served: Online) -> None:
    ada = served.person("ada")
    forged = ada.browser.post(
        PAGE, data={"source": "typed = 1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert forged.status_code == 403
    assert "typed" not in forged.text


def test_who_submits_too_often_is_told_when_to_try_again(served: Online) -> None:
    rules = Rules(submit=Rate(1, timedelta(minutes=10)))
    slow = replace(served, site=replace(served.site, rules=rules))
    ada = slow.person("ada")
    hand_in(ada)
    answer = post(ada, PAGE, "2", source="typed = 1")
    assert answer.status_code == 429
    assert "try again in 10 minutes" in answer.text
    assert "\ntyped = 1</textarea>" in answer.text
    assert 590 < int(answer.headers["retry-after"]) <= 600


def test_a_full_queue_is_said(served: Online) -> None:
    full = replace(served, site=replace(served.site, rules=Rules(queue=0)))
    answer = post(full.person("ada"), PAGE, source=SOURCE)
    assert answer.status_code == 429
    assert "The queue is full" in answer.text


def test_the_newest_attempts_stand_below(served: Online) -> None:
    ada = served.person("ada")
    ids = [hand_in(ada, once=str(n)) for n in range(3)]
    page = ada.browser.get(PAGE).text
    assert [page.index(f'"/submissions/{id}"') for id in reversed(ids)] == sorted(
        page.index(f'"/submissions/{id}"') for id in ids
    )
    assert f"/history/diff?a={ids[1]}&amp;b={ids[2]}" in page
