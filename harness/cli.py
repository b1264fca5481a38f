"""The command line: parse, call, render. Everything heavy is imported inside the commands."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

import click

from harness.authoring import new
from harness.completion import completion
from harness.menu import Commands, problem_ids

NOT_ACCEPTED, JUDGE_FAILED = 1, 3
_STDIN_NAME = "standard input"
_file = click.Path(path_type=str, allow_dash=True)
_format = click.Choice(["terminal", "json"])
_problem = click.option(
    "--problem",
    "-p",
    "problem_id",
    shell_complete=problem_ids,
    metavar="ID",
    help="The problem; otherwise found by the function a file defines.",
)
_require = click.option(
    "--require-isolation",
    "require",
    type=click.Choice(["strict", "basic", "none"]),
    help="Refuse to judge with less. Default: the most there is, with a warning below strict.",
)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with:  jaxjudge problems",
)
@click.version_option(
    None, "--version", "-V", package_name="jaxjudge", message="jaxjudge %(version)s"
)
@click.pass_context
def cli(ctx: click.Context) -> int:
    """Judge exercises in JAX: see a problem, start on it, submit your file.

    \b
    Exit codes:
      0  accepted, or done
      1  not accepted
      2  used wrongly: a mistyped option, a file that cannot be read
      3  the judge or this machine failed
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return 2
    return 0


@cli.command(short_help="Judge your file and explain the verdict.")
@click.argument("file", type=_file)
@_problem
@click.option(
    "--format",
    "-f",
    "form",
    type=_format,
    help="How to write the report. Default: terminal, or json for a PATH in .json.",
)
@click.option(
    "--output",
    "-o",
    type=_file,
    default="-",
    metavar="PATH",
    help="Write the report to this file, whole or not at all.",
)
@_require
def submit(
    file: str, problem_id: str | None, form: str | None, output: str, require: str | None
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

    from harness.judge import Judge
    from harness.problem.library import standard_library

    library = standard_library()
    if problem_id is None:
        problem_id = library.infer(source.decode("utf-8-sig"))
    library.folder(problem_id)
    # It imports JAX in another process while this one loads the problem.
    with Judge(require or "none") as judging:
        problem, samples = library.load(problem_id), library.samples(problem_id)
        name = _STDIN_NAME if file == "-" else file
        report = judging.judge(source, name, problem, samples)
        isolation = judging.isolation()
    if require is None and isolation.level != "strict":
        from harness.report.machine import warning

        click.echo(warning(isolation.level, isolation.missing), err=True)
    from harness.delivery import deliver

    deliver(report, form, output)
    verdict = report.judgement.verdict.value
    return {"accepted": 0, "judge_error": JUDGE_FAILED}.get(verdict, NOT_ACCEPTED)


@cli.command(short_help="Judge many files: a class's folder.")
@click.argument("paths", type=click.Path(), nargs=-1, required=True, metavar="PATH...")
@_problem
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
    type=_file,
    default="-",
    metavar="PATH",
    help="Write the results to this file, each as soon as it is there.",
)
@_require
def grade(
    paths: tuple[str, ...],
    problem_id: str | None,
    jobs: int | None,
    form: str | None,
    output: str,
    require: str | None,
) -> int:
    """Judge files, and all Python files in folders; a line for each, and a summary.

    \b
    Examples:
      jaxjudge grade class/
      jaxjudge grade class/ --format jsonl --output results.jsonl
      jaxjudge grade a.py b.py --jobs 1 --require-isolation strict

    The exit code is 0 when all are accepted, 1 when some are not, 3 when the judge failed for one.
    """
    from harness.grading.collect import collect

    found = collect(paths)

    from harness.grading import command
    from harness.grading.crew import Crew
    from harness.problem.library import standard_library

    library = standard_library()
    if problem_id is not None:
        library.folder(problem_id)
    size = min(jobs or command.cores(), len(found))
    crew = Crew(size, require or "none", problem=problem_id or "")
    return command.run(crew, found, form, output, warn=require is None)


@cli.command(short_help="List the problems.")
@click.option("--format", "-f", "form", type=_format, default="terminal", help="How to list them.")
def problems(form: str) -> None:
    """List the problems: id, level, title.

    \b
    Example:
      jaxjudge problems
    """
    from harness import console
    from harness.problem.library import standard_library

    library = standard_library()
    found = [library.load(name) for name in library.ids()]
    if form == "json":
        rows = [{"id": p.id, "level": p.level, "title": p.title} for p in found]
        console.write(json.dumps(rows, indent=2) + "\n")
        return
    width = max((len(p.id) for p in found), default=0)
    console.write("".join(f"{p.id:{width}}  {p.level:6}  {p.title}\n" for p in found))


@cli.command(short_help="Show what a problem asks.")
@click.argument("problem_id", metavar="ID", shell_complete=problem_ids)
def show(problem_id: str) -> None:
    """Show the statement of problem ID; plain Markdown when not on a terminal.

    \b
    Examples:
      jaxjudge show scan_training_step
      jaxjudge show scan_training_step > statement.md
    """
    from harness import console
    from harness.problem.library import standard_library
    from harness.report import statement

    markdown = standard_library().load(problem_id).statement
    look = console.look(sys.stdout, os.environ)
    if look.tty and not look.ascii:
        console.write(statement.render(markdown, colour=look.colour, width=look.width))
    else:
        console.write(markdown.rstrip("\n") + "\n")


@cli.command(short_help="Write a problem's starter file.")
@click.argument("problem_id", metavar="ID", shell_complete=problem_ids)
@click.argument("path", required=False, type=_file)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def start(problem_id: str, path: str | None, force: bool) -> None:
    """Write the starter file of problem ID to PATH (default: ID.py in this folder).

    \b
    Examples:
      jaxjudge start scan_training_step
      jaxjudge start scan_training_step answers/first.py
    """
    from harness import console, files
    from harness.errors import UsageError
    from harness.problem.library import standard_library

    starter = standard_library().load(problem_id).starter
    if path == "-":
        console.write(starter)
        return
    target = Path(path or ".")
    if target.is_dir() or (path or "").endswith(os.sep):
        target /= f"{problem_id}.py"
    name = click.format_filename(target)
    if target.is_file() and target.read_bytes() == starter.encode():
        console.write(f"{name} is the starter already; nothing to do.\n")
        return
    if os.path.lexists(target) and not force:
        raise UsageError(f"{name} exists; give another PATH, or --force to replace it")
    files.check_writable(str(target))
    files.write_whole(str(target), starter)
    console.write(f"Wrote {name}. Edit it, then run: jaxjudge submit {shlex.quote(name)}\n")


@cli.command(short_help="Say whether this machine can judge.")
@click.option("--format", "-f", "form", type=_format, default="terminal", help="How to write it.")
def doctor(form: str) -> int:
    """Say whether this machine can judge, how well it can isolate, and what is missing.

    \b
    Example:
      jaxjudge doctor
    """
    from harness import console
    from harness.doctor import examine
    from harness.facts import can_judge
    from harness.report import machine

    facts = examine()
    if form == "json":
        console.write(machine.document(facts))
    else:
        look = console.look(sys.stdout, os.environ)
        page = machine.render(facts, colour=look.colour, width=look.width, ascii=look.ascii)
        console.write(page)
    return 0 if can_judge(facts) else JUDGE_FAILED


cli.add_command(new)
cli.add_command(completion)
