from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from graders.verdict import Moment
from harness.report.document import Report
from harness.report.formats import markdown, telling
from harness.report.results import Results
from tests.harness.report.formats import hostile
from tests.harness.report.formats.strategies import MANY, RESULTS
from tests.harness.report.test_markup import MARKDOWN

_BLOCKS = {
    *("heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td"),
    *("bullet_list", "list_item", "blockquote"),
}


def check(text: str) -> None:
    """Hold Markdown against what the renderer writes of itself."""
    for token in MARKDOWN.parse(text):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in {*_BLOCKS, "inline", "fence"}, token
        for part in token.children or []:
            inner = part.type.removesuffix("_open").removesuffix("_close")
            assert inner in {"text", "code_inline", "softbreak", "strong", "html_inline"}, part
            if inner == "html_inline":
                assert part.content == "<br>"
            if inner == "text":
                assert not set("@#<>$") & set(part.content), part


def test_a_wrong_answer_is_told_in_full(wrong: Results) -> None:
    text = markdown.render(wrong)
    check(text)
    assert text.startswith("## ✗ wrong answer, 0/100 points\n")
    for part in (
        "| `class/bo b.py` | ✗ wrong answer | 0/100 | wrong on 254 of 256 batches |",
        "**✗ correctness** (failed, 0/60 points): wrong on 254 of 256 batches",
        "- Cause: The gradient lacks the factor x.",
        "- → Differentiate",
        "- Line 12 in `train`: `for x, y in zip(x_batches, y_batches):`",
        "- What: the program grows with N",
        "**Smallest batch that shows it: N = 2, B = 3 (in `float64`)**",
        "  expected   float64[] 2.0",
        "| 1 ✗ | w | 2 | 0 | -2 | 0 |",
        "**Printed by your program to stdout**",
        "```text\ntracing <w> & ]]> \n::error::not an error\n```",
    ):
        assert part in text, part


def test_what_was_accepted_has_a_row_and_no_more(accepted: Results) -> None:
    text = markdown.render(accepted)
    check(text)
    assert "| `class/anna.py` | ✓ accepted | 100/100 |  |" in text
    assert "###" not in text


def test_a_class_begins_with_what_did_not_go_well(mixed: Results, unfinished: Results) -> None:
    text = markdown.render(replace(mixed, unfinished="interrupted"))
    check(text)
    head = text[: text.index("| submission")]
    assert head.startswith("## 1 of 6 accepted\n")
    assert "> **Not finished.** " in head
    assert "interrupted" in head
    assert "> **The judge failed for 2 of 6.** This is not the fault" in head
    assert "| `class/fay.py` | ! not graded | – |" in text
    assert f"### ! `class/fay.py`: not graded\n\n{telling.JUDGE_FAILED}\n" in text
    assert "**Why:** `class/emil.py` is empty" in text


def test_nothing_graded_is_said(nothing: Results) -> None:
    text = markdown.render(nothing)
    check(text)
    assert text == f"## Nothing graded\n\n{telling.NOTHING}\n\n"


def test_of_a_long_way_and_many_findings_the_middle_is_left_out(wrong: Results) -> None:
    [report] = wrong.entries
    assert isinstance(report, Report)
    judgement = report.judgement
    assert judgement.counterexample is not None
    moments = tuple(Moment(n, {"w": n}, {"w": n}, {}, True) for n in range(30))
    example = replace(judgement.counterexample, trajectory=moments)
    first = replace(judgement.checks[0], findings=judgement.checks[0].findings * 20)
    judgement = replace(judgement, counterexample=example, checks=(first,))
    text = markdown.render(replace(wrong, entries=(replace(report, judgement=judgement),)))
    check(text)
    assert "| … |  |  |  |  |  |\n| 24 |" in text
    assert "- and 8 more, all in the JSON report" in text


@MANY
@given(RESULTS)
def test_no_run_is_more_than_text(results: Results) -> None:
    check(markdown.render(results))


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=hostile.TEXTS)
@pytest.mark.parametrize("run", ["mixed", "unfinished"])
def test_no_text_is_markup(run: str, text: str, request: pytest.FixtureRequest) -> None:
    check(markdown.render(hostile.everywhere(request.getfixturevalue(run), text)))
