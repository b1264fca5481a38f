"""Commands for whoever looks for something to solve: `problems`, `show`, `start`, `explain`."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

import click

from harness.commands.options import FILE, FORMAT, problem_option
from harness.errors import UsageError
from harness.menu import problem_ids


@click.command(short_help="List the problems.")
@click.option("--format", "-f", "form", type=FORMAT, default="terminal", help="How to list them.")
@click.option("--tag", help="Only those with this tag, such as training-loop.")
def problems(form: str, tag: str | None) -> None:
    """List the problems, the easy ones first: id, level, title.

    \b
    Examples:
      jaxjudge problems
      jaxjudge problems --tag training-loop
    """
    from harness import console
    from harness.problem.check_rubric import LEVELS
    from harness.problem.library import standard_library

    library = standard_library()
    levels = {level: place for place, level in enumerate(LEVELS)}
    found = sorted(
        (library.load(id) for id in library.ids()), key=lambda p: (levels[p.level], p.id)
    )
    if tag is not None:
        known = sorted({each for p in found for each in p.tags})
        if tag not in known:
            raise UsageError(f"no problem has the tag {tag!r}; there are: {', '.join(known)}")
        found = [p for p in found if tag in p.tags]
    if form == "json":
        rows = [{"id": p.id, "level": p.level, "title": p.title, "tags": p.tags} for p in found]
        console.write(json.dumps(rows, indent=2) + "\n")
        return
    width = max((len(p.id) for p in found), default=0)
    console.write("".join(f"{p.id:{width}}  {p.level:6}  {p.title}\n" for p in found))


@click.command(short_help="Show what a problem asks.")
@click.argument("problem_id", metavar="ID", shell_complete=problem_ids)
def show(problem_id: str) -> None:
    """Show the statement of problem ID; plain Markdown when not on a terminal.

    \b
    Examples:
      jaxjudge show scan_training_step
      jaxjudge show scan_training_step > statement.md
    """
    from harness import console, delivery
    from harness.problem.library import standard_library

    markdown = standard_library().load(problem_id).statement
    delivery.deliver_statement(markdown, console.look(sys.stdout, os.environ))


@click.command(short_help="Write a problem's starter file.")
@click.argument("problem_id", metavar="ID", shell_complete=problem_ids)
@click.argument("path", required=False, type=FILE)
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


@click.command(short_help="Show the program your file is.")
@click.argument("file", type=FILE)
@problem_option
@click.option("--format", "-f", "form", type=FORMAT, default="terminal", help="How to write it.")
def explain(file: str, problem_id: str | None, form: str) -> int:
    """Show the program in FILE as the judge sees it, without judging it.

    Every operation with the line it comes from, the loops and what flows into them, what has no
    effect on the result, and what grows with the sizes of the arrays.

    \b
    Examples:
      jaxjudge explain my.py
      jaxjudge explain my.py --format json
    """
    from harness.files import read_source

    source = read_source(file)

    from harness import console
    from harness.explaining import explained
    from harness.problem.library import standard_library

    library = standard_library()
    problem = library.load(problem_id or library.infer(source.decode("utf-8-sig")))
    look = console.look(sys.stdout, os.environ)
    text, code = explained(source, file, problem, console.page(look), as_json=form == "json")
    console.write(text)
    return code
