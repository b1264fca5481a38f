"""Brings the tables of a database to the form that this version of jaxjudge knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from harness.errors import UsageError
from harness.store.database import Database, alone

_SCRIPTS = str(Path(__file__).parent / "migrations").replace("%", "%%")
_LOCK = 7_304_119_525


def migrate(database: Database, to: str = "head") -> None:
    """Make the tables, or change them where an older version made them; all of it or nothing.

    Raises `UsageError` for a database that a newer version has changed, and `StoreError`.
    """
    with database.write() as connection:
        alone(connection, _LOCK)
        _check_known(connection)
        command.upgrade(configuration(connection), to)


def unmigrate(database: Database, to: str) -> None:
    """Take back all steps after one; `base` is before the first. What they kept is lost."""
    with database.write() as connection:
        command.downgrade(configuration(connection), to)


def remake(connection: Connection, revision: str) -> None:
    """Make the tables anew, in the form of some revision; what they kept is lost.

    Raises `UsageError` for a form that this version does not know, there or to come.
    """
    alone(connection, _LOCK)
    _check_known(connection)
    _check(connection, revision, "the backup")
    command.downgrade(configuration(connection), "base")
    command.upgrade(configuration(connection), revision)


def upgrade(connection: Connection) -> None:
    """Bring the tables that `remake` made to the form that this version knows."""
    command.upgrade(configuration(connection), "head")


@cache
def head() -> str | None:
    """The form of the tables that this version knows: files say so, which do not change."""
    return ScriptDirectory.from_config(_scripts()).get_current_head()


def is_current(database: Database) -> bool:
    """Whether the tables are in the form that this version knows."""
    with database.read() as connection:
        return _revision(connection) == head()


def is_ready(database: Database) -> bool:
    """As `is_current`; raises `UsageError` for a database that a newer version has changed."""
    with database.read() as connection:
        _check_known(connection)
        return _revision(connection) == head()


def configuration(connection: Connection) -> Config:
    """What Alembic is told, with the connection to use."""
    config = _scripts()
    config.attributes["connection"] = connection
    return config


def _scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check_known(connection: Connection) -> None:
    revision = _revision(connection)
    if revision is not None:
        _check(connection, revision, "the database")


def _check(connection: Connection, revision: str, what: str) -> None:
    try:
        ScriptDirectory.from_config(configuration(connection)).get_revision(revision)
    except CommandError:
        raise UsageError(
            f"{what} is in a form that this version does not know ({revision}): it belongs "
            "to a newer jaxjudge; install that one"
        ) from None
