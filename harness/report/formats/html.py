"""A page for a browser: one file without scripts that fetches nothing; needs the extra `html`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from harness.report.html import statement
from harness.report.html.environment import TEMPLATES, environment
from harness.report.results import Results

if TYPE_CHECKING:
    from jinja2 import Template


def render(results: Results) -> str:
    """The page: an overview if there are several submissions, the problems, and each submission.

    Raises `UsageError` when a package is missing.
    """
    page = _template()
    from markupsafe import Markup

    statements = [
        (problem, Markup(statement.render(markdown, level=3)))
        for problem, markdown in results.statements.items()
    ]
    return page.render(
        results=results,
        statements=statements,
        places={problem: place for place, (problem, _) in enumerate(statements, 1)},
        style=Markup((TEMPLATES / "style.css").read_text("utf-8")),
    )


@cache
def _template() -> Template:
    return environment().get_template("report.html")
