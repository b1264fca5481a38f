from __future__ import annotations

from dataclasses import replace

import pytest

from harness.report.document import Report
from harness.report.formats import gradescope
from harness.report.results import Results
from tests.harness.report.formats import kept
from tests.harness.report.formats.validity import parsed


@pytest.mark.parametrize("name", ["accepted", "wrong", "broken", "mixed", "unfinished", "nothing"])
def test_the_document_is_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    kept.check(f"gradescope.{name}.json", gradescope.render(request.getfixturevalue(name)))


def test_one_submission_has_its_points(wrong: Results, accepted: Results) -> None:
    assert parsed(gradescope.render(accepted), "gradescope")["score"] == 100
    document = parsed(gradescope.render(wrong), "gradescope")
    assert document["score"] == 0
    assert [test["max_score"] for test in document["tests"]] == [60, 40]
    assert document["output"].startswith("wrong_answer, 0/100 points\n\nPrinted by class/bo b.py:")
    assert document["extra_data"]["submissions"][0]["verdict"] == "wrong_answer"
    assert document["extra_data"]["submissions"][0]["versions"]["jax"] == "0.10.2"


def test_several_submissions_share_the_points(mixed: Results) -> None:
    document = parsed(gradescope.render(mixed), "gradescope")
    assert document["score"] == pytest.approx(100 / 6, abs=1e-4)


def test_a_run_cut_short_earns_nothing_and_blames_nobody(unfinished: Results) -> None:
    document = parsed(gradescope.render(unfinished), "gradescope")
    assert document["score"] == 0
    assert "no fault of your program: interrupted after 1 of 3 files" in document["output"]


def test_the_judges_fault_comes_first(broken: Results) -> None:
    document = parsed(gradescope.render(broken), "gradescope")
    assert document["output"].startswith("The judge failed, not your program.")


def test_points_that_are_next_to_nothing_are_nothing(mixed: Results) -> None:
    entry = next(e for e in mixed.entries if isinstance(e, Report) and not e.accepted)
    checks = tuple(replace(c, score=5e-324, max_score=5e-324) for c in entry.judgement.checks)
    tiny = replace(entry, judgement=replace(entry.judgement, checks=checks))
    run = replace(mixed, entries=(tiny, tiny))
    assert parsed(gradescope.render(run), "gradescope")["score"] == 0
