"""Commands for whoever has results already: `compare`."""

from __future__ import annotations

import click

from harness.commands.options import FILE, output_option


@click.command(short_help="Compare the results of two runs.")
@click.argument("old", type=FILE, metavar="OLD")
@click.argument("new", type=FILE, metavar="NEW")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["terminal", "json", "markdown"]),
    help="How to write it. Default: by the suffix of --output, .json or .md.",
)
@output_option("Write what changed to this file, whole or not at all.")
def compare(old: str, new: str, form: str | None, output: str) -> int:
    """List every submission whose verdict or score changed between two runs.

    OLD and NEW are what `jaxjudge grade --format jsonl` wrote, such as before and after a problem
    was changed or JAX was upgraded. Submissions are the same when their names are.

    \b
    Examples:
      jaxjudge compare before.jsonl after.jsonl
      jaxjudge compare before.jsonl after.jsonl --format markdown

    The exit code is 0 when nothing that was accepted was lost, 1 when something was.
    """
    from harness import comparing, files

    if output != "-":
        files.check_writable(output)
    return comparing.run(old, new, comparing.default_form(form, output), output)
