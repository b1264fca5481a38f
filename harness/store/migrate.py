"""Brings the tables of a database to the form that this version of jaxjudge knows."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, text

from harness.errors import UsageError
from harness.store.database import Database

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 7_304_119_525


def migrate(database: Database, to: str = "head") -> None:
    """Make the tables, or change them where an older version made them; all of it or nothing.

    Raises `UsageError` for a database that a newer version has changed, and `StoreError`.
    """
    with database.write() as connection:
        if database.kind == "postgresql":  # where two begin at once, one waits
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        _check_known(connection)
        command.upgrade(configuration(connection), to)


def unmigrate(database: Database, to: str) -> None:
    """Take back all steps after one; `base` is before the first. What they kept is lost."""
    with database.write() as connection:
        command.downgrade(configuration(connection), to)


def is_current(database: Database) -> bool:
    """Whether the tables are in the form that this version knows."""
    with database.read() as connection:
        return (
            _revision(connection)
            == ScriptDirectory.from_config(configuration(connection)).get_current_head()
        )


def configuration(connection: Connection) -> Config:
    """What Alembic is told, with the connection to use."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check_known(connection: Connection) -> None:
    revision = _revision(connection)
    try:
        if revision is not None:
            ScriptDirectory.from_config(configuration(connection)).get_revision(revision)
    except CommandError:
        raise UsageError(
            f"the database is in a form that this version does not know ({revision}): it belongs "
            "to a newer jaxjudge; install that one"
        ) from None
