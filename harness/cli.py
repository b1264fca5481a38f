"""The command line: all commands in one."""

from __future__ import annotations

import click

from harness.commands import (
    authoring,
    comparing,
    creating,
    judging,
    machine,
    packing,
    reading,
    remote,
    serving,
)
from harness.menu import Commands


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


for _command in (
    judging.submit,
    judging.grade,
    comparing.compare,
    reading.problems,
    reading.show,
    reading.start,
    reading.explain,
    creating.new,
    authoring.verify,
    authoring.preview,
    remote.login,
    remote.logout,
    remote.status,
    remote.history,
    packing.gradescope_zip,
    serving.serve,
    serving.worker,
    serving.backup,
    serving.restore,
    machine.doctor,
    machine.completion,
):
    cli.add_command(_command)
