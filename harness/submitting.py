"""The work of `jaxjudge submit`: a file in, its report out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from harness.errors import UsageError
from harness.report.document import Ungraded

if TYPE_CHECKING:
    from harness.problem.library import Answerable, Library
    from harness.report.document import Report
    from harness.reporting.reports import Reports

_STDIN_NAME = "standard input"


@dataclass(frozen=True, slots=True)
class Submission:
    """What is handed in: the bytes of a file, the name to show, and the problem's id."""

    source: bytes
    name: str
    problem: str


def submit(
    submission: Submission, hints: int, reports: Reports, library: Library, require: str | None
) -> Report:
    """Judge a submission; raises `ProblemError` and `MachineError`.

    Where nothing is required, less isolation than there could be is warned of.
    """
    from harness.engine import Engine
    from harness.report.detail import limited
    from harness.report.jsondoc import to_document

    # It imports JAX in another process while this one loads the problem.
    with Engine(require or "none") as engine:
        id, name = submission.problem, submission.name
        problem, samples = library.load(id), library.samples(id)
        report = engine.judge(submission.source, name, problem, samples, shown=reports.whole)
        isolation = engine.isolation()
    if require is None and isolation.level != "strict":
        from harness.report.machine import warning

        click.echo(warning(isolation.level, isolation.missing), err=True)
    report = limited(report, hints)
    reports.add(to_document(report))
    return report


def taken(file: str, problem_id: str | None, library: Answerable, reports: Reports) -> Submission:
    """What a file, the one answer in a folder, or standard input (`-`) hands in.

    Raises `UsageError`; where the file is at fault, the reports say so.
    """
    from harness.answer import chosen
    from harness.files import read_source

    if problem_id is not None:
        library.entry(problem_id)
    name = _STDIN_NAME if file == "-" else file
    reports.expect(name)
    try:
        path = file if file == "-" else chosen(file, library, problem_id)
        source = read_source(path)
        id = problem_id or library.infer(source.decode("utf-8-sig"))
    except UsageError as error:
        from harness.report.jsondoc import ungraded

        reports.add(ungraded(Ungraded(name, "file", str(error))))
        raise
    if path != file:
        reports.expect(name := path)
    return Submission(source, name, id)
