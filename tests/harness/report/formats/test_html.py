from __future__ import annotations

import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from graders.verdict import Verdict
from graders.view import Dead, Growth, Loop, Row, View
from harness.errors import UsageError
from harness.report.document import Report, Ungraded
from harness.report.formats import html, telling
from harness.report.html import statement
from harness.report.results import Results
from tests.harness.report.formats import hostile
from tests.harness.report.formats.strategies import MANY, RESULTS

STATEMENT = "# A loop\n\nCarry $w_i$.\n\n```python\ndef train(w): ...\n```\n"
PROGRAM = View(
    (("N", 2), ("B", 3)),
    "f32[]",
    (Row("a = scan(length=2)", 14, True), Row("returns a", None, False)),
    (Loop("scan", 14, 2, ("w",), ("x_batches", "y_batches"), ("lr",), ()),),
    (Dead("sin", 13), Dead("cos", None)),
    (Growth("N", (2, 5), (9, 30), (12, 13)), Growth("B", (2, 5), (9, 9), ())),
)
_VOID = {"meta", "link", "br", "wbr", "path", "circle", "rect"}
_TAGS = {
    *("html", "head", "title", "style", "body", "header", "main", "footer", "article", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "span", "strong", "em", "a", "code", "pre", "time"),
    *("div", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "g", "text", "blockquote"),
    *("math", "mrow", "msub", "mi", "mn", "mo", "mtext", "mstyle"),
}


class Page(HTMLParser):
    """A page that is held to what every page is while it is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        assert len(set(self.ids)) == len(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS | _VOID, tag
        attributes = dict(attrs)
        assert not attributes.keys() & {"style", "src", "srcset", "action", "background"}
        assert not [name for name in attributes if name.startswith("on")]
        if tag == "link":
            assert attributes == {"rel": "icon", "href": "data:,"}
        elif (link := attributes.get("href")) is not None:
            self.links.append(link)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def read(results: Results) -> Page:
    """The page of a run, held to what every page is."""
    text = html.render(results)
    assert text.startswith("<!doctype html>\n")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    page = Page(text)
    assert {link for link in page.links if link[:1] != "#"} == set()
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    for before, after in zip(page.headings, page.headings[1:], strict=False):
        assert after <= before + 1
    return page


def _full(results: Results, **changes: Any) -> Results:
    """The run of one report, which has a program and a problem whose statement is known."""
    [report] = results.entries
    assert isinstance(report, Report)
    full = replace(report, program=PROGRAM, **changes)
    return replace(results, entries=(full,), statements={report.problem: STATEMENT})


def test_a_wrong_answer_is_told_in_full(wrong: Results) -> None:
    page = read(_full(wrong))
    for part in (
        "Wrong answer",
        "0/100 points",
        "wrong on 254 of 256 batches",
        "The gradient lacks the factor x.",
        "Differentiate (w * x - y)**2",
        "Line 12 in train",
        "for x, y in zip(x_batches, y_batches):",
        "Smallest batch that shows it: N = 2, B = 3",
        "float64[] 2.0",
        "Computed in float64.",
        "The carry, step by step",
        "✗ they part",
        "Printed by your program to stdout",
        "tracing <w> & ]]> \n::error::not an error",
        "scan, 2 steps, line 14",
        "starts from",
        "x_batches, y_batches",
        "Grows with N: 9 operations for N = 2, 30 for N = 5, on lines 12, 13",
        "Does not grow with B",
        "cos",
        "sin, line 13",
        "For N = 2, B = 3; it returns f32[]",
        "SHA-256",
        "jaxjudge 0.1.0, jax 0.10.2",
        "2026-03-01 09:30 UTC, 2.5 s",
        "A loop",
    ):
        assert part in page.text, part
    assert "All submissions" not in page.text
    assert "#problem-1" in page.links


def test_a_way_is_drawn_and_its_parting_marked(wrong: Results) -> None:
    text = html.render(wrong)
    assert text.count('<svg class="chart"') == 1
    assert '<path class="parting"' in text
    assert '<tr class="parted"><th scope="row">1' in text


def test_the_program_is_open_where_the_structure_is_wrong(wrong: Results) -> None:
    [report] = wrong.entries
    assert isinstance(report, Report)
    judgement = replace(report.judgement, verdict=Verdict.WRONG_STRUCTURE)
    assert "<details open>" in html.render(_full(wrong, judgement=judgement))
    assert "<details open>" not in html.render(_full(wrong))


def test_a_class_has_an_overview_that_leads_to_each(mixed: Results) -> None:
    page = read(replace(mixed, unfinished="interrupted"))
    assert "1 of 6 accepted" in page.text
    assert "The judge failed for 2 of them." in page.text
    assert "interrupted" in page.text
    assert [f"#submission-{n}" for n in range(1, 7)] == page.links[:6]
    assert page.links.count("#overview") == 6
    assert page.text.count(telling.JUDGE_FAILED) == 2
    assert "class/emil.py is empty" in page.text


def test_nothing_graded_is_said(nothing: Results) -> None:
    assert telling.NOTHING in read(nothing).text


def test_what_was_accepted_says_what_that_rests_on(accepted: Results) -> None:
    page = read(accepted)
    assert "100/100 points" in page.text
    assert "256 batches of 1 shape in float64" in page.text


def test_a_long_message_is_cut_in_the_overview_alone(mixed: Results) -> None:
    long = Ungraded("my.py", "file", "m" * 900 + "\nsecond line")
    text = read(replace(mixed, entries=(*mixed.entries, long))).text
    assert text.count("m" * 900) == 1
    assert "(700 more characters)" in text


@MANY
@given(RESULTS)
def test_every_run_is_a_page(results: Results) -> None:
    read(results)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=hostile.TEXTS)
@pytest.mark.parametrize("run", ["mixed", "wrong"])
def test_no_text_is_markup(run: str, text: str, request: pytest.FixtureRequest) -> None:
    results = request.getfixturevalue(run)
    if run == "wrong":
        results = _full(results)
    page = read(replace(hostile.everywhere(results, text), statements={text: STATEMENT}))
    shown = re.sub(r"\s|`", "", text)
    assert shown in re.sub(r"\s|`", "", page.text)


@pytest.mark.parametrize("package", ["jinja2", "markdown_it"])
def test_without_its_packages_it_is_said_how_to_get_them(
    wrong: Results, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    html._template.cache_clear()
    statement._parser.cache_clear()
    with pytest.raises(UsageError, match=r"pip install 'jaxjudge\[html\]'"):
        html.render(_full(wrong))
