"""Where templates are filled in that show a report or a part of one; needs the extra `html`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import UsageError
from harness.report import conditions, numbers, printed, prose, text, view, way
from harness.report.document import Ungraded
from harness.report.formats import outcome, telling
from harness.report.html import chart, statement
from harness.report.page import message_text
from harness.report.text import clean_line

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
_PARTS = (chart, conditions, numbers, outcome, printed, telling, view, way)


def environment(*folders: Path) -> Environment:
    """Templates from some folders, and the parts of a report; all that is filled in is escaped.

    Raises `UsageError` when a package is missing.
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise UsageError(statement.MISSING) from None
    found = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {part.__name__.rpartition(".")[2]: part for part in _PARTS}
    found.filters |= {
        "breakable": _breakable,
        "line": _line,
        "prose": _prose,
        "sizes": text.sizes,
        "message": message_text,
    }
    found.tests["ungraded"] = lambda entry: isinstance(entry, Ungraded)
    found.tests["judge_failed"] = telling.judge_failed
    return found


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

    return Markup(re.sub("[/_]", r"\g<0><wbr>", str(escape(clean_line(name)))))


def _line(message: str) -> str:
    """What of a message fits into a table: its first line, cut where it is long."""
    return text.cap(message.strip().partition("\n")[0], outcome.SHORT)
