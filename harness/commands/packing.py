"""Commands that pack the judge for a platform: `gradescope-zip`."""

from __future__ import annotations

import click

from harness.commands.options import hints_option, output_option
from harness.menu import problem_ids


@click.command("gradescope-zip", short_help="Pack an autograder for Gradescope.")
@click.argument("problem_id", metavar="ID", shell_complete=problem_ids)
@output_option("Write the zip file here, whole or not at all.", default="autograder.zip")
@click.option(
    "--require-isolation",
    "isolation",
    type=click.Choice(["strict", "basic", "none"]),
    default="basic",
    show_default=True,
    help="Refuse to judge with less there.",
)
@hints_option
def gradescope_zip(problem_id: str, output: str, isolation: str, hints: int) -> None:
    """Pack problem ID and this judge into a zip file that Gradescope takes as an autograder.

    \b
    Examples:
      jaxjudge gradescope-zip scan_training_step
      jaxjudge gradescope-zip scan_training_step --output week3.zip --hints 1

    It judges there with the versions of JAX and NumPy that are used here, and holds no other
    problem.
    """
    from harness import files

    files.check_writable(output)

    from harness.packing.gradescope import autograder
    from harness.problem.library import standard_library

    library = standard_library()
    packed = autograder(library, library.load(problem_id), isolation, hints)
    files.write_whole(output, packed)
    shown = click.format_filename(output)
    click.echo(f"Wrote {shown} ({len(packed) >> 10} KiB): upload it as the autograder.", err=True)
