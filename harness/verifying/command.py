"""The work of `jaxjudge verify`: problem ids in, a verification of each out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from harness import console, files
from harness.engine import Engine
from harness.errors import MachineError
from harness.grading.command import cores
from harness.problem.library import Library, samples_folder
from harness.report.page import Page
from harness.report.verified import jsondoc, junit, terminal
from harness.verification import Outcome, Verification
from harness.verifying.verify import Verifier, machine_failure


def run(library: Library, ids: Sequence[str], form: str, output: str) -> int:
    """Verify problems, write what was found, and return the exit code.

    For a person each problem is written as soon as it is done; documents are written whole.
    """
    look = console.look(sys.stdout if output == "-" else None, os.environ)
    page = console.page(look)
    at_once = form == "terminal" and output == "-"
    found: list[Verification] = []
    with Engine(warm=len(ids) > 1) as engine:
        for id in ids:
            found.append(_verified(library, engine, id))
            if at_once and not console.write(terminal.render(found[-1], page)):
                break
    text = _document(found, form, page, at_once)
    if output == "-":
        console.write(text)
    else:
        files.write_whole(output, text)
    if any(verification.outcome is Outcome.ERROR for verification in found):
        return 3
    return 0 if all(verification.good for verification in found) else 1


def _verified(library: Library, engine: Engine, id: str) -> Verification:
    count = 1 + len(list(samples_folder(library.folder(id)).glob("*/*.py")))
    with _progress(id, count) as advance:
        try:
            return Verifier(library, engine, cores(), advance).verify(id)
        except MachineError as error:
            return machine_failure(id, error)


def _document(found: Sequence[Verification], form: str, page: Page, at_once: bool) -> str:
    if form == "json":
        return jsondoc.render(found)
    if form == "junit":
        return junit.render(found)
    total = terminal.total(found, page)
    return total if at_once else "".join(terminal.render(each, page) for each in found) + total


@contextmanager
def _progress(id: str, count: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error, where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress

    columns = (f"verifying {id}", BarColumn(), MofNCompleteColumn(), "{task.description}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count)
        yield lambda what: bar.update(task, advance=1, description=what)


def chosen(library: Library, ids: Sequence[str]) -> list[str]:
    """The ids that were asked for, or all; raises `UsageError` for one there is not."""
    for id in ids:
        library.folder(id)
    return list(dict.fromkeys(ids)) or list(library.ids())


def default_form(form: str | None, output: str) -> str:
    """The format that was asked for, or the one an output's name suggests."""
    suffix = click.format_filename(output).rpartition(".")[2]
    return form or {"json": "json", "xml": "junit"}.get(suffix, "terminal")
