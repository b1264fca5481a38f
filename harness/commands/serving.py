"""Commands for a server: `serve`, `worker`, `backup`, `restore`."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import click

from harness.commands.options import FILE, require_option
from harness.errors import UsageError

_PACKAGES = (
    *("alembic", "argon2", "httpx2", "jinja2", "prometheus_client"),
    *("sqlalchemy", "starlette", "structlog", "uvicorn"),
)
_database_option = click.option(
    "--database",
    metavar="URL",
    envvar="JAXJUDGE_DATABASE",
    help="sqlite:///PATH or postgresql://USER@HOST/NAME. Default: a file in the data folder. A URL "
    "with a password is better kept in JAXJUDGE_DATABASE.",
)
_data_option = click.option(
    "--data",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="The data folder. Default: $XDG_DATA_HOME/jaxjudge, or ~/.local/share/jaxjudge.",
)
_problems_option = click.option(
    "--problems",
    multiple=True,
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="Problems besides the built-in ones; may be given several times.",
)


@click.command(short_help="Serve the judge to browsers and programs.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--url", metavar="URL", help="How browsers reach it, where a proxy is in front.")
@_database_option
@_data_option
@click.option(
    "--workers",
    type=click.IntRange(0, 256),
    help="How many processes judge here. Default: one a processor. 0: workers are elsewhere.",
)
@_problems_option
@click.option(
    "--trust-proxy",
    "trusted",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy, or a network of them, to believe for whom it asks; may be given several times.",
)
@click.option("--invited-only", is_flag=True, help="Let nobody sign up who was not invited.")
@click.option(
    "--webhooks-inside",
    is_flag=True,
    help="Let webhooks lead to addresses inside this server's own network.",
)
@click.option(
    "--metrics-token",
    envvar="JAXJUDGE_METRICS_TOKEN",
    metavar="SECRET",
    help="Lets a program read /metrics; better kept in JAXJUDGE_METRICS_TOKEN.",
)
@require_option
def serve(
    host: str,
    port: int,
    url: str | None,
    database: str | None,
    data: str | None,
    workers: int | None,
    problems: tuple[str, ...],
    trusted: tuple[str, ...],
    invited_only: bool,
    webhooks_inside: bool,
    metrics_token: str | None,
    require: str | None,
) -> None:
    """Serve the judge to browsers and programs, until Ctrl-C or SIGTERM.

    \b
    Examples:
      jaxjudge serve
      jaxjudge serve --url https://judge.example.org --trust-proxy 127.0.0.1
      jaxjudge serve --database postgresql://jaxjudge@db/jaxjudge --workers 0

    The first start prints a link that makes whoever opens it the operator. JAXJUDGE_GITHUB_ID and
    JAXJUDGE_GITHUB_SECRET, those of an OAuth application, let users sign in with GitHub.
    """
    _require_packages()
    from harness.grading.command import cores
    from harness.web import service
    from harness.web.site import Rules
    from harness.work.process import Order

    order = Order(_url(database, data), problems, require or "none")
    told = service.Service(
        host,
        port,
        url,
        order,
        cores() if workers is None else workers,
        Rules(open_sign_up=not invited_only, hooks_inside=webhooks_inside),
        trusted,
        _github(),
        metrics_token or None,
    )
    service.serve(told, lambda text: click.echo(text, nl=False), _told_to_stop())


@click.command(short_help="Judge what a server elsewhere takes in.")
@_database_option
@_data_option
@_problems_option
@click.option("--live-only", is_flag=True, help="Leave rejudges to other workers.")
@require_option
def worker(
    database: str | None,
    data: str | None,
    problems: tuple[str, ...],
    live_only: bool,
    require: str | None,
) -> None:
    """Judge what a server takes in, until Ctrl-C or SIGTERM; what is being judged is finished.

    A second one puts it back, for another worker.

    \b
    Example:
      jaxjudge worker --database postgresql://jaxjudge@db/jaxjudge

    A database that is away is waited for. All workers of a database need the same versions of JAX
    and NumPy: one with others is refused (exit code 3).
    """
    _require_packages()
    from harness.work import process

    order = process.Order(_url(database, data), problems, require or "none", live_only)
    hurry = threading.Event()
    process.work(order, _told_to_stop(hurry), hurry)


@click.command(short_help="Write all that a server knows to a file.")
@click.argument("file", type=FILE)
@_database_option
@_data_option
def backup(file: str, database: str | None, data: str | None) -> None:
    """Write all that a server knows to FILE, as it is at one moment; it goes on serving meanwhile.

    \b
    Example:
      jaxjudge backup judge.backup

    FILE holds what learners wrote, and hashes of passwords: only its owner may read it.
    """
    _require_packages()
    from harness.store.backup import backup
    from harness.store.database import open_database

    with open_database(_existing(_url(database, data))) as opened:
        content = backup(opened, file)
    click.echo(f"Wrote {content} to {click.format_filename(file)}.")


@click.command(short_help="Make a server what it was at a backup.")
@click.argument("file", type=FILE)
@_database_option
@_data_option
@click.option("--force", is_flag=True, help="Replace what the database has now.")
def restore(file: str, database: str | None, data: str | None, force: bool) -> None:
    """Make a server know what it knew when FILE was written; what waited then is judged now.

    \b
    Examples:
      jaxjudge restore judge.backup
      jaxjudge restore judge.backup --database postgresql://jaxjudge@db/jaxjudge

    FILE may come from an older version, and from the other kind of database.
    """
    _require_packages()
    from harness.store.backup import restore
    from harness.store.database import open_database

    with open_database(_url(database, data)) as opened:
        content = restore(opened, file, force)
    click.echo(f"Restored {content} from {click.format_filename(file)}.")


def _require_packages() -> None:
    from importlib.util import find_spec

    if not all(map(find_spec, _PACKAGES)):
        raise UsageError(
            "a server needs packages of its own: install them with pip install 'jaxjudge[server]'"
        )


def _url(database: str | None, data: str | None) -> str:
    """The URL of the database."""
    if database and data:
        raise click.UsageError(
            "--database (or JAXJUDGE_DATABASE) says where the data is, and so does --data: give "
            "one of them",
            click.get_current_context(),
        )
    if database:
        return database
    base = os.environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()
    folder = Path(data) if data else Path(base) / "jaxjudge"
    return f"sqlite:///{folder.absolute() / 'jaxjudge.db'}"


def _existing(url: str) -> str:
    """A URL that is not that of a file which is not there; raises `UsageError`."""
    kind, _, path = url.partition(":///")
    if kind == "sqlite" and path and not Path(path).is_file():
        raise UsageError(f"there is no database {path}: name it with --data or --database")
    return url


def _github() -> tuple[str, str] | None:
    id, secret = (os.environ.get(f"JAXJUDGE_GITHUB_{name}", "") for name in ("ID", "SECRET"))
    if bool(id) != bool(secret):
        raise UsageError("JAXJUDGE_GITHUB_ID and JAXJUDGE_GITHUB_SECRET go together: set both")
    return (id, secret) if id else None


def _told_to_stop(hurry: threading.Event | None = None) -> threading.Event:
    """Set by Ctrl-C or SIGTERM; a second one sets `hurry`, or else ends the process at once."""
    import signal

    from harness.log import configure
    from harness.work.process import end_on

    configure()
    stop = threading.Event()
    end_on(stop, signal.SIGINT, signal.SIGTERM, hurry=hurry)
    return stop
