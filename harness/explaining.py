"""The work of `jaxjudge explain`: a file in, its program as the judge sees it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.grade import failure_message
from graders.hints.advice import advice_text
from graders.jaxpr.normalize import TooLong
from graders.subject import Failure
from graders.view import view
from harness.engine import Engine
from harness.errors import UsageError
from harness.report import view as report
from harness.report.page import Page, message_text

if TYPE_CHECKING:
    from harness.problem.model import Problem

NO_PROGRAM = 1


def explained(
    source: bytes, name: str, problem: Problem, page: Page, *, as_json: bool
) -> tuple[str, int]:
    """The text to show, and the exit code: 1 for a file that gives no program.

    Raises `UsageError` for a program too long to show, `MachineError` when the machine fails.
    """
    with Engine() as engine:
        traces = engine.trace(source, name, problem)
    if isinstance(traces, Failure):
        if as_json:
            return report.absent(failure_message(traces)), NO_PROGRAM
        return _no_program(traces, problem, page), NO_PROGRAM
    try:
        found = view(problem.rubric, traces)
    except TooLong as error:
        raise UsageError(f"the program in {name} {error}") from None
    if as_json:
        return report.document(found), 0
    return report.render(found, source.decode("utf-8", "replace").splitlines(), page), 0


def _no_program(failure: Failure, problem: Problem, page: Page) -> str:
    place = f"line {failure.where.line}: {failure.where.source}" if failure.where else ""
    advice = advice_text(failure, problem.rubric.hints)
    lines = [
        *page.whole("There is no program to show", "bad"),
        *page.text(message_text(failure_message(failure)), "  ", "  "),
        *(page.text(place, "  ", "    ") if place else ()),
        *(page.text(advice, f"  {page.symbols.arrow} ", "    ", "warn") if advice else ()),
    ]
    return "\n".join(lines) + "\n"
