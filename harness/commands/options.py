"""Options that several commands share, and what those that judge end with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from harness.menu import problem_ids, report_kinds
from harness.reporting.request import KINDS

NOT_ACCEPTED, JUDGE_FAILED = 1, 3
Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=str, allow_dash=True)
FORMAT = click.Choice(["terminal", "json"])
problem_option = click.option(
    "--problem",
    "-p",
    "problem_id",
    shell_complete=problem_ids,
    metavar="ID",
    help="The problem; otherwise found by the function a file defines.",
)
require_option = click.option(
    "--require-isolation",
    "require",
    type=click.Choice(["strict", "basic", "none"]),
    help="Refuse to judge with less. Default: the most there is, with a warning below strict.",
)
hints_option = click.option(
    "--hints",
    type=click.IntRange(0, 3),
    default=3,
    show_default=True,
    help="How much help the report gives: 0 the fact, 1 where to look, 2 which mistake it is, "
    "3 what to change.",
)
report_option = click.option(
    "--report",
    "-r",
    "reports",
    multiple=True,
    metavar="KIND[=PATH]",
    shell_complete=report_kinds,
    help="Also write a report for another program, such as junit=results.xml or github; may be "
    "given several times. KINDs: " + ", ".join(KINDS) + ".",
)

server_option = click.option(
    "--server",
    envvar="JAXJUDGE_SERVER",
    is_flag=False,
    flag_value="",
    metavar="[URL]",
    help="The server; without URL the one you logged in at last. Default: $JAXJUDGE_SERVER.",
)


def exit_code(verdict: str) -> int:
    """What a command ends with after a verdict."""
    return {"accepted": 0, "judge_error": JUDGE_FAILED}.get(verdict, NOT_ACCEPTED)


def output_option(help: str, default: str = "-") -> Callable[[Command], Command]:
    """The option `--output`; `help` says what is written there."""
    return click.option(
        "--output",
        "-o",
        type=FILE,
        default=default,
        show_default=default != "-",
        metavar="PATH",
        help=help,
    )
