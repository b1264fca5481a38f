"""Commands that speak with a server: `login`, `logout`, `status`, `history`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from harness.commands.options import FORMAT, NOT_ACCEPTED, exit_code, hints_option, server_option
from harness.errors import UsageError

if TYPE_CHECKING:
    from harness.remote.client import Client


@click.command(short_help="Log in at a server, to submit there.")
@click.argument("url", metavar="URL")
@click.option("--name", "-n", metavar="NAME", help="Your name there; otherwise it is asked for.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--token", is_flag=True, help="Use a token, which is asked for, or read.")
@click.option("--insecure", is_flag=True, help="Use http:// although others may read it.")
def login(url: str, name: str | None, password_stdin: bool, token: bool, insecure: bool) -> None:
    """Log in at the server at URL, by name and password or with a token.

    What the server gives is kept where only you can read it, for `submit --server`, `status` and
    `history`.

    \b
    Examples:
      jaxjudge login https://judge.example.org
      jaxjudge login https://judge.example.org --token < token.txt
    """
    from harness.remote import address, entering
    from harness.report.text import clean_line

    where = address.address(url)
    if not insecure and not address.is_private(where):
        raise UsageError(
            f"{where} is not encrypted: everybody on the way could read your password; "
            "use https://, or --insecure if you must"
        )
    if token:
        user = entering.with_token(where, _secret("Token", read=not _is_terminal()))
    else:
        if name is None and password_stdin:
            raise UsageError("--password-stdin needs --name")
        name = name or _asked("Name")
        user = entering.with_password(where, name, _secret("Password", read=password_stdin))
    click.echo(clean_line(f"Logged in at {where} as {user.name} ({user.role})."))
    click.echo("Submit there with: jaxjudge submit FILE --server")


@click.command(short_help="Log out, and forget the server.")
@click.argument("url", metavar="[URL]", required=False, default="")
def logout(url: str) -> None:
    """Log out at the server at URL, by default the one you logged in at last.

    \b
    Example:
      jaxjudge logout
    """
    from harness.remote import entering, kept

    login = kept.known(url)
    entering.leave(login)
    click.echo(f"Logged out at {login.url}.")


@click.command(short_help="Show a submission on a server.")
@click.argument("id", metavar="[ID]", required=False, default="")
@click.option("--format", "-f", "form", type=FORMAT, default="terminal", help="How to write it.")
@click.option("--wait", is_flag=True, help="Wait for the verdict.")
@hints_option
@server_option
def status(id: str, form: str, wait: bool, hints: int, server: str | None) -> int:
    """Show the report on the submission ID, by default your last one, or how it stands.

    The exit code is that of `submit`, and 1 while there is no verdict.

    \b
    Examples:
      jaxjudge status
      jaxjudge status 5f0c9a3b21d84e67 --wait
    """
    from harness import console
    from harness.remote import following, listing
    from harness.remote.connecting import connected

    with connected(server or "") as (client, login, progress):
        if not id:
            found = listing.handed_in(client, login, "", 1)
            if not found:
                raise UsageError(f"you have not submitted anything at {client.url}")
            id = found[0].id
        handed = following.follow(client, id, progress) if wait else following.look(client, id)
        if handed.settled:
            return _show_report(client, id, hints, form)
    console.write(listing.document([handed]) if form == "json" else f"{listing.line(handed)}\n")
    return NOT_ACCEPTED


def _show_report(client: Client, id: str, hints: int, form: str) -> int:
    from harness.delivery import deliver
    from harness.remote.handing import report_on

    report = report_on(client, id, hints)
    deliver(report, form, "-")
    return exit_code(report.judgement.verdict.value)


def _secret(what: str, read: bool) -> str:
    """A secret from standard input, or asked for without showing it."""
    if read:
        return sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    return _asked(what, hide=True)


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _asked(what: str, hide: bool = False) -> str:
    if not _is_terminal():
        raise UsageError(
            f"there is no terminal to ask for the {what.lower()} on: give --name and "
            "--password-stdin, or --token"
        )
    return str(click.prompt(what, hide_input=hide, err=True))


@click.command(short_help="List what you submitted to a server.")
@click.option("--problem", "-p", "problem", default="", metavar="ID", help="Only to this problem.")
@click.option(
    "--limit",
    "-l",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="At most so many, the newest first.",
)
@click.option("--format", "-f", "form", type=FORMAT, default="terminal", help="How to list them.")
@server_option
def history(problem: str, limit: int, form: str, server: str | None) -> None:
    """List what you submitted to a server: when, verdict, score, problem, file and id.

    \b
    Examples:
      jaxjudge history
      jaxjudge history --problem scan_cumsum --limit 5
    """
    from harness import console
    from harness.remote import listing
    from harness.remote.connecting import connected

    with connected(server or "") as (client, login, _):
        found = listing.handed_in(client, login, problem, limit)
    if form == "json":
        console.write(listing.document(found))
    elif found:
        console.write(listing.table(found, console.look(sys.stdout, os.environ)))
    else:
        click.echo("There is nothing yet.", err=True)
