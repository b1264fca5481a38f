from __future__ import annotations

import re
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given

from harness.errors import UsageError
from harness.problem.library import Library
from harness.report.html import statement
from harness.report.html.statement import render
from tests.harness.report.formats import hostile


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _without_code(html: str) -> str:
    return re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)


def test_markdown_formulas_and_code_are_rendered() -> None:
    html = render("# Title\n\nA *word* and $w_1 < 2$.\n\n$$w$$\n\n```python\ndef f(): ...\n```\n")
    assert "<h1>Title</h1>" in html
    assert "<em>word</em>" in html
    assert "<msub><mi>w</mi><mn>1</mn></msub><mo>&lt;</mo>" in html
    assert '<math display="block">' in html
    assert '<span class="k">def</span>' in html


def test_headings_begin_at_the_level_asked_for() -> None:
    html = render("# a\n\n## b\n\n###### c\n", level=3)
    assert re.findall(r"<h(\d)>", html) == ["3", "4", "6"]


def test_a_displayed_formula_may_follow_a_line() -> None:
    assert '<math display="block">' in render("so\n$$w$$\n")


def test_tables_code_and_formulas_can_be_moved_with_the_keys() -> None:
    html = render("| a |\n|---|\n| b |\n\n```\nx\n```\n\n$$x$$\n")
    assert html.count('tabindex="0"') == 3
    assert html.index('<div class="wide"') < html.index("<table>") < html.index("</table></div>")


def test_code_in_an_unknown_language_is_shown_as_it_is() -> None:
    assert "x &lt; y" in render("```klingon\nx < y\n```\n")


def test_a_formula_that_cannot_be_understood_is_shown_as_it_is() -> None:
    assert "<code>\\frac</code>" in render("$\\frac$")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "$\\text{<script>alert(1)</script>}$",
        "$\\text{&lt;script&gt;}$",
        "![x](https://example.org/x.png)",
        "[x](javascript:alert(1))",
        "$\\href{javascript:alert(1)}{x}$",
        "$\\style{background: url(//example.org)}{x}$",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    for tag, attributes in _Tags(render(text)).tags:
        assert tag not in {"script", "img"}
        assert not {"style", "src", "onerror"} & attributes.keys()
        assert (attributes.get("href") or "https://").startswith("https://")


@given(hostile.TEXTS)
def test_any_text_can_be_a_statement(text: str) -> None:
    for tag, attributes in _Tags(render(text)).tags:
        assert tag not in {"script", "img", "style"}
        assert not [name for name in attributes if name.startswith("on")]


def test_every_built_in_statement_is_understood(built_in: Library) -> None:
    for problem in built_in.ids():
        html = render(built_in.load(problem).statement)
        assert "$" not in _without_code(html), problem
        assert not re.search(r'class="(math inline|wide)"[^>]*><code>', html), problem


@pytest.mark.parametrize(
    ("package", "text"),
    [("mdit_py_plugins", "x"), ("latex2mathml.converter", "$x$"), ("pygments", "```\nx\n```")],
)
def test_without_its_packages_it_is_said_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, package: str, text: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.dollarmath", None)
    statement._parser.cache_clear()
    with pytest.raises(UsageError, match=r"pip install 'jaxjudge\[html\]'"):
        render(text)
