from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from harness.report.markup import code, fenced, row, words
from harness.report.page import message_text
from harness.report.text import clean
from tests.harness.report.formats import hostile

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXTS = (st.text(max_size=20) | hostile.TEXTS).map(clean)
# What GitHub makes something of in text that is no code.
_ALIVE = re.compile(r"[@#$<>&*_~`\[\]|\\]|://|www\.|\b[0-9a-fA-F]{7,}\b|:\w+:|GH-\d")


def inline(markdown: str) -> list[Token]:
    """What a line is made of; it is checked that it is one paragraph."""
    tokens = MARKDOWN.parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return tokens[1].children or []


def _squeezed(text: str) -> str:
    return re.sub(r"\s+|`", "", text)


@given(TEXTS)
def test_a_message_is_nothing_but_words_and_code(text: str) -> None:
    kinds = {"text", "code_inline", "html_inline"}
    said = ""
    for token in inline(f"It says: {words(text)}"):
        assert token.type in kinds
        if token.type == "html_inline":
            assert token.content == "<br>"
            continue
        if token.type == "text":
            assert not _ALIVE.search(token.content), token.content
            assert unescape(token.content) == token.content
        said += token.content
    assert _squeezed(said) == _squeezed(f"It says: {message_text(text)}")


@given(TEXTS)
def test_any_text_can_be_code_in_a_line(text: str) -> None:
    found = inline(f"It says: {code(text)}.")
    assert [token.type for token in found] == ["text", "code_inline", "text"]
    assert found[1].content == (text.replace("\n", " ") or " ")


@given(TEXTS)
def test_any_text_can_be_a_block_of_code(text: str) -> None:
    [token] = MARKDOWN.parse(fenced(text))
    assert token.type == "fence"
    assert token.content == f"{text}\n"


@given(st.lists(TEXTS, min_size=2, max_size=3))
def test_any_texts_can_be_the_cells_of_a_table(texts: list[str]) -> None:
    head = row(*("a" for _ in texts))
    rule = row(*("---" for _ in texts))
    tokens = MARKDOWN.parse("\n".join([head, rule, row(*map(code, texts))]))
    assert [token.type for token in tokens].count("tr_open") == 2
    cells = [token for token in tokens if token.type == "inline"][len(texts) :]
    shown = [(cell.children or [])[0].content for cell in cells]
    assert list(map(_squeezed, shown)) == list(map(_squeezed, texts))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("wrong on 254 of 256 batches", "wrong on 254 of 256 batches"),
        ("carries w over x_batches, and y", "carries w over `x_batches`, and y"),
        ("use `jnp.where`.", "use `jnp.where`."),
        ("expected f(x), found g(x, y)", "expected `f(x)`, found `g(x`, y)"),
        ("(with N=1, B=1)", "(with `N=1`, `B=1`)"),
        ("a b_c d_e f", "a `b_c d_e` f"),
        ("one\n\ntwo", "one<br>two"),
        ("commit deadbeef", "commit `deadbeef`"),
        ("", ""),
    ],
)
def test_messages_read_well(text: str, markdown: str) -> None:
    assert words(text) == markdown
