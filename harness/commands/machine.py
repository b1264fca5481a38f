"""Commands about this machine: `doctor`, `completion`."""

from __future__ import annotations

import os
import sys

import click

from harness.commands.options import FORMAT, JUDGE_FAILED


@click.command(short_help="Say whether this machine can judge.")
@click.option("--format", "-f", "form", type=FORMAT, default="terminal", help="How to write it.")
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


@click.command(short_help="Print a completion script for your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands, problem ids and files in SHELL.

    \b
    To install it, run once and open a new shell:
      bash  jaxjudge completion bash > ~/.jaxjudge-complete.bash
            echo '. ~/.jaxjudge-complete.bash' >> ~/.bashrc
      zsh   jaxjudge completion zsh > ~/.jaxjudge-complete.zsh
            echo '. ~/.jaxjudge-complete.zsh' >> ~/.zshrc
      fish  jaxjudge completion fish > ~/.config/fish/completions/jaxjudge.fish
    """
    from click.shell_completion import get_completion_class

    from harness import console

    root = click.get_current_context().find_root().command
    found = get_completion_class(shell)
    assert found is not None, "click completes all three shells"
    console.write(found(root, {}, "jaxjudge", "_JAXJUDGE_COMPLETE").source() + "\n")
