"""Commands that judge: `submit` one file, `grade` many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from harness.commands.options import (
    FILE,
    FORMAT,
    exit_code,
    hints_option,
    output_option,
    problem_option,
    report_option,
    require_option,
    server_option,
)
from harness.errors import UsageError

if TYPE_CHECKING:
    from harness.problem.library import Answerable
    from harness.report.document import Report
    from harness.reporting.reports import Reports
    from harness.submitting import Submission

    Judge = Callable[[Submission, int, Reports], Report]


@click.command(short_help="Judge your file and explain the verdict.")
@click.argument("file", type=FILE)
@problem_option
@click.option(
    "--format",
    "-f",
    "form",
    type=FORMAT,
    help="How to write the report. Default: terminal, or json for a PATH in .json.",
)
@output_option("Write the report to this file, whole or not at all.")
@report_option
@hints_option
@require_option
@server_option
@click.option("--no-wait", is_flag=True, help="With --server: print the id, and do not wait.")
def submit(
    file: str,
    problem_id: str | None,
    form: str | None,
    output: str,
    reports: tuple[str, ...],
    hints: int,
    require: str | None,
    server: str | None,
    no_wait: bool,
) -> int:
    """Judge FILE and explain the verdict; `-` reads it from standard input.

    \b
    Examples:
      jaxjudge submit my.py
      jaxjudge submit my.py --problem scan_training_step --format json
      jaxjudge submit my.py --output report.json
      jaxjudge submit my.py --report junit=results.xml --report html=report.html
      jaxjudge submit my.py --server

    A file has at most 256 KiB of UTF-8 text; of a folder, the one file that answers a problem is
    taken. With --server, after FILE, it is judged where you are logged in (jaxjudge login URL).
    NO_COLOR and FORCE_COLOR are honoured.
    """
    from harness.reporting.reports import Reports
    from harness.reporting.request import requests

    if no_wait:
        if server is None or form or reports or output != "-":
            raise UsageError("--no-wait goes with --server, and has no report to write")
        from harness.remote.handing import hand_over

        click.echo(hand_over(file, problem_id, server))
        return 0
    at = "" if output == "-" and form != "json" else output
    with (
        Reports(requests(reports, taken=at), [file]) as gathered,
        _place(server, require) as (library, judge),
    ):
        from harness.submitting import taken

        submission = taken(file, problem_id, library, gathered)
        if output != "-":
            from harness.files import check_writable

            check_writable(output, submission.name if file != "-" else file)
        report = judge(submission, hints, gathered)
        if output != "-" or not gathered.aloud:
            from harness.delivery import deliver

            deliver(report, form, output)
    return exit_code(report.judgement.verdict.value)


@contextmanager
def _place(server: str | None, require: str | None) -> Iterator[tuple[Answerable, Judge]]:
    """Where to judge: the problems there, and what judges; here, if no server is given."""
    if server is None:
        from harness import submitting
        from harness.problem.library import standard_library

        library = standard_library()
        yield library, partial(submitting.submit, library=library, require=require)
        return
    if require is not None:
        raise UsageError("--require-isolation is about this machine: it does not go with --server")
    from harness.remote.handing import place

    with place(server) as there:
        yield there


@click.command(short_help="Judge many files: a class's folder.")
@click.argument("paths", type=click.Path(), nargs=-1, metavar="[PATH...]")
@problem_option
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="Judge this many at a time.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["terminal", "jsonl"]),
    help="Lines for a person, or a JSON document a line. Default: by the suffix of --output.",
)
@output_option("Write the results to this file, each as soon as it is there.")
@click.option(
    "--cache",
    type=click.Path(path_type=str),
    metavar="DIR",
    help="Keep reports in this folder, and judge only what was not judged before.",
)
@click.option(
    "--files-from",
    type=FILE,
    metavar="PATH",
    help="Judge the files named in this one too, a line each, or ended by NUL; - reads the names "
    "from standard input.",
)
@click.option("--answers-only", is_flag=True, help="Leave out files that answer no problem.")
@report_option
@hints_option
@require_option
def grade(
    paths: tuple[str, ...],
    problem_id: str | None,
    jobs: int | None,
    form: str | None,
    output: str,
    cache: str | None,
    files_from: str | None,
    answers_only: bool,
    reports: tuple[str, ...],
    hints: int,
    require: str | None,
) -> int:
    """Judge files, and all Python files in folders; a line for each, and a summary.

    \b
    Examples:
      jaxjudge grade class/
      jaxjudge grade class/ --format jsonl --output results.jsonl
      jaxjudge grade a.py b.py --jobs 1 --require-isolation strict
      jaxjudge grade class/ --cache ~/.cache/class
      git diff --name-only -z main | jaxjudge grade --files-from - --answers-only --report github

    The exit code is 0 when all are accepted, 1 when some are not, 3 when the judge failed for one.
    """
    from harness.problem.library import standard_library
    from harness.reporting.reports import Reports
    from harness.reporting.request import requests

    if not paths and files_from is None:
        raise click.UsageError("Missing argument 'PATH...'.", click.get_current_context())
    taken = "" if output == "-" and form != "jsonl" else output
    with Reports(requests(reports, taken=taken), paths) as gathered:
        from harness.grading import command
        from harness.grading.collect import collect, named_in

        library = standard_library()
        if problem_id is not None:
            library.folder(problem_id)
        found = collect([*paths, *(named_in(files_from) if files_from else ())])
        if answers_only:
            from harness.answer import answers

            found = answers(found, library, problem_id)
        gathered.expect(*found)
        if not found:
            gathered.withdraw()
            click.echo("There is nothing to grade.", err=True)
            return 0
        from harness.grading.crew import Crew
        from harness.grading.store import prepared
        from harness.grading.terms import Terms

        terms = Terms(
            require or "none",
            problem=problem_id or "",
            hints=hints,
            shown=gathered.whole,
            kept=prepared(cache) if cache is not None else "",
        )
        crew = Crew(min(jobs or command.cores(), len(found)), terms)
        return command.run(crew, found, form, output, gathered, warn=require is None)
