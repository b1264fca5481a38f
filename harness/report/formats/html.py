"""A page for a browser: one file without scripts that fetches nothing; needs the extra `html`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import UsageError
from harness.report import conditions, numbers, printed, prose, text, view, way
from harness.report.document import Ungraded
from harness.report.formats import outcome, telling
from harness.report.html import chart, statement
from harness.report.page import message_text
from harness.report.results import Results

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent.parent / "html" / "templates"
_PARTS = (chart, conditions, numbers, outcome, printed, telling, view, way)


def render(results: Results) -> str:
    """The page: an overview if there are several submissions, the problems, and each submission.

    Raises `UsageError` when a package is missing.
    """
    environment = _environment()
    from markupsafe import Markup

    statements = [
        (problem, Markup(statement.render(markdown, level=3)))
        for problem, markdown in results.statements.items()
    ]
    page = environment.get_template("report.html")
    return page.render(
        results=results,
        statements=statements,
        places={problem: place for place, (problem, _) in enumerate(statements, 1)},
        style=Markup((_TEMPLATES / "style.css").read_text("utf-8")),
    )


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise UsageError(statement.MISSING) from None
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {part.__name__.rpartition(".")[2]: part for part in _PARTS}
    environment.filters |= {
        "breakable": _breakable,
        "line": _line,
        "prose": _prose,
        "sizes": text.sizes,
        "message": message_text,
    }
    environment.tests["ungraded"] = lambda entry: isinstance(entry, Ungraded)
    environment.tests["judge_failed"] = telling.judge_failed
    return environment


def _prose(message: str) -> Markup:
    """A message, escaped, with its code set apart."""
    from markupsafe import Markup

    shown = prose.pieces(message_text(message))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if code else piece for code, piece in shown
    )


def _breakable(name: str) -> Markup:
    """The name of a file, escaped, which may go on in the next line after a stroke."""
    from markupsafe import Markup, escape

    return Markup(re.sub("[/_]", r"\g<0><wbr>", str(escape(name))))


def _line(message: str) -> str:
    """What of a message fits into a table: its first line, cut where it is long."""
    return text.cap(message.strip().partition("\n")[0], outcome.SHORT)
