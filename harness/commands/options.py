"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from harness.menu import problem_ids, report_kinds
from harness.reporting.request import KINDS

JUDGE_FAILED = 3
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
