"""How commands and their arguments are named: in order, with a guess for a mistyped one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Commands(click.Group):
    """A group that lists its commands in the order a learner meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order they were added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; a usage error that names the nearest one if there is none."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            from difflib import get_close_matches

            close = get_close_matches(args[0], self.commands, n=1)
            advice = (
                f"did you mean {close[0]}?" if close else f"there are {', '.join(self.commands)}"
            )
            raise click.UsageError(f"there is no command {args[0]}; {advice}")
        return super().resolve_command(ctx, args)


def problem_ids(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completions of a problem's id; none when the problems cannot be read."""
    from click.shell_completion import CompletionItem

    found: Sequence[str] = ()
    with suppress(Exception):
        from harness.problem.library import standard_library

        found = standard_library().ids()
    return [CompletionItem(name) for name in found if name.startswith(incomplete)]


def report_kinds(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Completions of a kind of report."""
    from click.shell_completion import CompletionItem

    from harness.reporting.request import KINDS

    return [CompletionItem(name) for name in KINDS if name.startswith(incomplete)]
