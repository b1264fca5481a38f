"""Commands for authors of problems: `verify`, `preview`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from harness.commands.options import FILE, output_option
from harness.menu import problem_ids

if TYPE_CHECKING:
    from harness.problem.model import Problem
    from harness.sight import Sight


@click.command(short_help="Verify problem packages: for their authors.")
@click.argument("problem_ids_", nargs=-1, metavar="[ID...]", shell_complete=problem_ids)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["terminal", "json", "junit"]),
    help="How to write it. Default: by the suffix of --output, .json or .xml.",
)
@output_option("Write what was found to this file, whole or not at all.")
def verify(problem_ids_: tuple[str, ...], form: str | None, output: str) -> int:
    """Verify the packages of problems: all of them, or those named by ID.

    The package must load; its reference must be accepted, its starter must not, and every labelled
    sample must get the verdict of its folder. Its batches must be sensitive to every argument, and
    must tell the reference from its mutants: the same program with an operator, a number, an index
    or a step changed.

    \b
    Examples:
      jaxjudge verify scan_training_step
      jaxjudge verify --output verified.xml

    The exit code is 0 when all is as it should be, 1 when something is not.
    """
    from harness import files

    if output != "-":
        files.check_writable(output)

    from harness.problem.library import standard_library
    from harness.verifying import command

    library = standard_library()
    ids = command.chosen(library, problem_ids_)
    return command.run(library, ids, command.default_form(form, output), output)


@click.command(short_help="Show what learners of a problem are graded on.")
@click.argument("problem_id", metavar="ID", shell_complete=problem_ids)
@click.option(
    "--plot",
    type=FILE,
    metavar="PATH",
    help="Draw the way of the reference's carry to this .svg or .png file.",
)
def preview(problem_id: str, plot: str | None) -> int:
    """Show the statement of problem ID, batches it is graded on, and what the reference returns.

    \b
    Examples:
      jaxjudge preview scan_training_step
      jaxjudge preview scan_training_step --plot carry.svg
    """
    from harness import files
    from harness.errors import UsageError

    form = (plot or ".svg").rpartition(".")[2]
    if form not in ("svg", "png"):
        raise UsageError(f"expected a PATH in .svg or .png for --plot, found {plot}")
    if plot is not None:
        files.check_writable(plot)

    from harness import console, delivery
    from harness.engine import Engine
    from harness.preview import look
    from harness.problem.library import standard_library
    from harness.report import preview as report

    problem = standard_library().load(problem_id)
    with Engine() as engine:
        sight = look(problem.rubric, engine.bank(problem))
    picture = b"" if plot is None else _picture(problem, sight, form)
    seen = console.look(sys.stdout, os.environ)
    delivery.deliver_statement(problem.statement, seen)
    console.write("\n" + report.render(sight, console.page(seen)))
    if plot is not None:
        files.write_whole(plot, picture)
        click.echo(f"Wrote {click.format_filename(plot)}.", err=True)
    return 0


def _picture(problem: Problem, sight: Sight, form: str) -> bytes:
    from harness.errors import UsageError
    from harness.report.plot import draw
    from harness.report.text import sizes

    ways = [(sizes(e.dimensions), e.trajectory) for e in sight.examples if e.trajectory]
    if not ways:
        raise UsageError(f"{problem.id} has no scan whose carry could be drawn")
    return draw(ways, problem.title, form)
