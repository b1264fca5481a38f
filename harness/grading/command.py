"""The work of `jaxjudge grade`: files in, a line for each out, a summary at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

from harness import console
from harness.errors import MachineError, UsageError
from harness.files import reason
from harness.grading.crew import Crew
from harness.grading.mark import unmarked
from harness.grading.tally import Tally
from harness.report import jsondoc, machine, table
from harness.reporting.reports import Reports

_INTERRUPTED = 130
Write = Callable[[str], bool]


def run(
    crew: Crew,
    paths: Sequence[str],
    form: str | None,
    output: str,
    reports: Reports,
    warn: bool,
) -> int:
    """Grade files with a crew that has not started; return the exit code.

    `form` is jsonl, terminal, or None to choose by `output`. Interrupted, say what was done so far.
    """
    if os.path.realpath(output) in map(os.path.realpath, paths):
        raise UsageError(f"cannot write {output}: it is one of the submissions")
    view = _View.of(form, output)
    tally = Tally()
    code = 0
    with _opened(output, quiet=reports.aloud) as write:
        try:
            with crew:
                if warn and crew.level != "strict":
                    click.echo(machine.warning(crew.level, crew.missing), err=True)
                _grade(crew, paths, view, tally, reports, write)
        except (KeyboardInterrupt, SystemExit) as stop:
            reports.stopped(stop)
            code = stop.code if isinstance(stop, SystemExit) else _INTERRUPTED  # type: ignore
        if not view.as_json:
            write(table.table(tally, len(paths), width=view.look.width, ascii=view.look.ascii))
    if tally.trouble:
        click.echo(machine.unkept(crew.terms.kept, tally.trouble), err=True)
    if view.as_json or output != "-":
        click.echo(table.summary(tally, len(paths)), err=True)
    return code or tally.exit_code


@dataclass(frozen=True, slots=True)
class _View:
    """How results are shown, found out before a progress bar takes standard output over."""

    as_json: bool
    bar: bool
    look: console.Look

    @classmethod
    def of(cls, form: str | None, output: str) -> _View:
        as_json = form == "jsonl" or (form is None and output.endswith(".jsonl"))
        look = console.look(sys.stdout if output == "-" else None, os.environ)
        wanted = form is not None or output != "-" or look.tty
        watched = sys.stderr is not None and sys.stderr.isatty()
        return cls(as_json, wanted and watched and not as_json, look)

    def line(self, document: Mapping[str, Any]) -> str:
        if self.as_json:
            return jsondoc.compact(document)
        width = self.look.width if self.look.tty else None
        return table.line(document, colour=self.look.colour, width=width, ascii=self.look.ascii)


def _grade(
    crew: Crew,
    paths: Sequence[str],
    view: _View,
    tally: Tally,
    reports: Reports,
    write: Write,
) -> None:
    with _progress(view, len(paths)) as advance:
        for answer in crew.grade(paths):
            document, mark = unmarked(answer)
            tally.add(document)
            reports.add(document)
            tally.kept += mark.hit
            tally.trouble = tally.trouble or mark.trouble
            if not write(view.line(document)):
                return
            advance()


@contextmanager
def _progress(view: _View, files: int) -> Iterator[Callable[[], object]]:
    """A bar on standard error; lines on the same terminal go by above it."""
    if not view.bar:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(
        *("grading", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()),
        console=Console(stderr=True, no_color=not view.look.colour),
        redirect_stdout=view.look.tty,
        transient=True,
    ) as bar:
        task = bar.add_task("", total=files)
        yield lambda: bar.advance(task)


@contextmanager
def _opened(output: str, quiet: bool) -> Iterator[Write]:
    """A function that writes at once, to standard output or a file; False when nobody reads.

    With `quiet`, standard output is left to others.
    """
    if output == "-":
        yield (lambda text: True) if quiet else console.write
        return
    try:  # closed below: only opening is a mistake of the caller's
        file = open(output, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"cannot write {output}: {reason(error)}") from None

    def write(text: str) -> bool:
        try:
            file.write(text)
            file.flush()
        except OSError as error:
            raise MachineError(f"cannot write {output}: {reason(error)}") from None
        return True

    with file:
        yield write


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
