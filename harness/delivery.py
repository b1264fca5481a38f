"""Writes reports and statements where they are wanted, in the form that is wanted."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from harness.console import Look
    from harness.report.document import Report


def deliver(report: Report, form: str | None, output: str) -> None:
    """Write a report to a file, or to standard output for `-`; a `.json` path chooses the form."""
    from harness import console, files
    from harness.report import terminal

    as_json = form == "json" or (form is None and output.endswith(".json"))
    if output == "-":
        look = console.look(sys.stdout, os.environ)
        console.write(_rendered(report, as_json, look))
        return
    files.write_whole(output, _rendered(report, as_json, console.look(None, {})))
    click.echo(f"{terminal.summary(report)}  (report in {click.format_filename(output)})", err=True)


def deliver_statement(markdown: str, look: Look) -> None:
    """Write a statement to standard output: formatted on a terminal, else plain Markdown."""
    from harness import console

    if not look.tty or look.ascii:
        console.write(markdown.rstrip("\n") + "\n")
        return
    from harness.report import statement

    console.write(statement.render(markdown, colour=look.colour, width=look.width))


def _rendered(report: Report, as_json: bool, look: Look) -> str:
    if as_json:
        from harness.report import jsondoc

        return jsondoc.render(report)
    from harness.report import terminal

    return terminal.render(report, colour=look.colour, width=look.width, ascii=look.ascii)
