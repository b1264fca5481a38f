"""A source in lines, each as highlighted HTML; needs the extra `html`."""

from __future__ import annotations

from harness.errors import UsageError
from harness.report.html.statement import MISSING
from harness.report.text import clean


def lines(source: bytes) -> list[str]:
    """The lines of a Python source as pieces of HTML with Pygments' classes.

    What could move a cursor or reorder a line is spelled out. Raises `UsageError` when a package is
    missing.
    """
    try:
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import PythonLexer
    except ImportError:
        raise UsageError(MISSING) from None
    text = clean(source.decode("utf-8", "backslashreplace"))
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    # A span that goes on in the next line is closed at the end of each, and opened again.
    found = str(highlight(text, lexer, HtmlFormatter(nowrap=True))).split("\n")
    return found[:-1] if found[-1] == "" else found
