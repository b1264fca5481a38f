"""A problem's statement as HTML: Markdown, with its formulas as MathML; needs the extra `html`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, tostring

from harness.errors import UsageError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MISSING = "HTML needs packages of its own: install them with pip install 'jaxjudge[html]'"
_SMALLEST = 6
# What formulas are drawn by; styles, classes and links are none of it.
_ATTRIBUTES = frozenset(
    "accent columnalign columnlines columnspacing depth display displaystyle fence form height"
    " largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowlines"
    " rowspacing rspace scriptlevel separator stretchy symmetric voffset width".split()
)


def render(markdown: str, level: int = 1) -> str:
    """The statement as a piece of HTML whose largest heading is `<h{level}>`.

    HTML in the Markdown is shown as text, and images are left as links: nothing is fetched and
    nothing runs. Code has Pygments' classes. Raises `UsageError` when a package is missing.
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_SMALLEST, int(token.tag[1]) + level - 1)}"
    return str(parser.renderer.render(tokens, parser.options, {}))


@cache
def _parser() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.dollarmath import dollarmath_plugin
    except ImportError:
        raise UsageError(MISSING) from None
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlight})
    parser.enable("table").disable(["image", "html_block", "html_inline"])
    dollarmath_plugin(parser, allow_labels=False, double_inline=True, renderer=_formula)
    # What may be wider than the page can be moved with the keys.
    parser.add_render_rule("math_block", _displayed("div"))
    parser.add_render_rule("math_inline_double", _displayed("span"))
    parser.add_render_rule("table_open", lambda *_: '<div class="wide" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


def _displayed(tag: str) -> Callable[..., str]:
    """How a formula in a line of its own is rendered, in an element that may stand there."""

    def rule(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
        formula = _formula(tokens[place].content, {"display_mode": True})
        return f'<{tag} class="wide" tabindex="0">{formula}</{tag}>\n'

    return rule


def _highlight(code: str, language: str, _: str) -> str:
    try:
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound
    except ImportError:
        raise UsageError(MISSING) from None
    try:
        lexer = get_lexer_by_name(language or "text")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    inner = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return f'<pre class="code" tabindex="0"><code>{inner}</code></pre>\n'


def _formula(latex: str, style: dict[str, Any]) -> str:
    """The formula as MathML; as it was written where it cannot be understood."""
    try:
        from latex2mathml.converter import convert_to_element
    except ImportError:
        raise UsageError(MISSING) from None
    display = "block" if style["display_mode"] else "inline"
    try:
        tree = convert_to_element(latex.strip(), display=display)
    except Exception:  # whatever it raises, the reader sees the formula
        return f"<code>{escape(latex)}</code>"
    for element in tree.iter():
        _tidy(element)
    return tostring(tree, encoding="unicode", short_empty_elements=False)


def _tidy(element: Element) -> None:
    # The converter spells characters as entities, for a serializer that leaves `<` as it is.
    element.text = unescape(element.text) if element.text else None
    element.tail = unescape(element.tail) if element.tail else None
    for name in set(element.keys()) - _ATTRIBUTES:
        del element.attrib[name]
