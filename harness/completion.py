"""The command that teaches a shell the others."""

from __future__ import annotations

import click


@click.command(short_help="Print a completion script for your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
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

    found = get_completion_class(shell)
    assert found is not None, "click completes all three shells"
    whole = found(ctx.find_root().command, {}, "jaxjudge", "_JAXJUDGE_COMPLETE")
    console.write(whole.source() + "\n")
