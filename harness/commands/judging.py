"""Commands that judge: `submit` one file, `grade` many."""

from __future__ import annotations

import click

from harness.commands.options import (
    FILE,
    FORMAT,
    JUDGE_FAILED,
    hints_option,
    problem_option,
    require_option,
)

NOT_ACCEPTED = 1
_STDIN_NAME = "standard input"


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
@click.option(
    "--output",
    "-o",
    type=FILE,
    default="-",
    metavar="PATH",
    help="Write the report to this file, whole or not at all.",
)
@hints_option
@require_option
def submit(
    file: str,
    problem_id: str | None,
    form: str | None,
    output: str,
    hints: int,
    require: str | None,
) -> int:
    """Judge FILE and explain the verdict; `-` reads it from standard input.

    \b
    Examples:
      jaxjudge submit my.py
      jaxjudge submit my.py --problem scan_training_step --format json
      jaxjudge submit my.py --output report.json

    A file has at most 256 KiB of UTF-8 text. NO_COLOR and FORCE_COLOR are honoured.
    """
    from harness.files import check_writable, read_source

    source = read_source(file)
    if output != "-":
        check_writable(output, file)

    from harness.engine import Engine
    from harness.problem.library import standard_library

    library = standard_library()
    if problem_id is None:
        problem_id = library.infer(source.decode("utf-8-sig"))
    library.folder(problem_id)
    # It imports JAX in another process while this one loads the problem.
    with Engine(require or "none") as engine:
        problem, samples = library.load(problem_id), library.samples(problem_id)
        name = _STDIN_NAME if file == "-" else file
        report = engine.judge(source, name, problem, samples)
        isolation = engine.isolation()
    if require is None and isolation.level != "strict":
        from harness.report.machine import warning

        click.echo(warning(isolation.level, isolation.missing), err=True)
    from harness.delivery import deliver
    from harness.report.detail import limited

    deliver(limited(report, hints), form, output)
    verdict = report.judgement.verdict.value
    return {"accepted": 0, "judge_error": JUDGE_FAILED}.get(verdict, NOT_ACCEPTED)


@click.command(short_help="Judge many files: a class's folder.")
@click.argument("paths", type=click.Path(), nargs=-1, required=True, metavar="PATH...")
@problem_option
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="Judge this many at a time.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["terminal", "jsonl"]),
    help="Lines for a person, or a JSON document a line. Default: by the suffix of --output.",
)
@click.option(
    "--output",
    "-o",
    type=FILE,
    default="-",
    metavar="PATH",
    help="Write the results to this file, each as soon as it is there.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=str),
    metavar="DIR",
    help="Keep reports in this folder, and judge only what was not judged before.",
)
@hints_option
@require_option
def grade(
    paths: tuple[str, ...],
    problem_id: str | None,
    jobs: int | None,
    form: str | None,
    output: str,
    cache: str | None,
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

    The exit code is 0 when all are accepted, 1 when some are not, 3 when the judge failed for one.
    """
    from harness.grading.collect import collect

    found = collect(paths)

    from harness.grading import command
    from harness.grading.crew import Crew
    from harness.grading.store import prepared
    from harness.grading.terms import Terms
    from harness.problem.library import standard_library

    library = standard_library()
    if problem_id is not None:
        library.folder(problem_id)
    size = min(jobs or command.cores(), len(found))
    kept = prepared(cache) if cache is not None else ""
    terms = Terms(require or "none", problem=problem_id or "", hints=hints, kept=kept)
    crew = Crew(size, terms)
    return command.run(crew, found, form, output, warn=require is None)
