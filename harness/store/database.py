"""The database: one way to read and one to write, on SQLite and on PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from harness.errors import MachineError, UsageError

_BUSY_SECONDS = 10
_KINDS = ("sqlite", "postgresql")


class StoreError(MachineError):
    """The database cannot be used now: it is gone, full, or locked for too long."""


@dataclass(frozen=True, slots=True)
class Database:
    """Connections to one database; threads may share it."""

    engine: Engine

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading, in one transaction; raises `StoreError`."""
        with _told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are durable when the block ends, or none of them are.

        Writers of SQLite wait for each other from the beginning, so that none has to give up in
        the middle. Raises `StoreError`.
        """
        with _told(), self.engine.connect() as connection:
            writing = connection.execution_options(writing=True)
            with writing.begin():
                yield writing

    def close(self) -> None:
        """End all connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database of a URL: `sqlite:///PATH` or `postgresql://...`.

    Nothing is read or written yet. Raises `UsageError` for a URL of something else, and where what
    it needs is not installed.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        Path(address.database or "").absolute().parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return Database(engine)
    try:
        return Database(create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=20))
    except ImportError:
        raise UsageError(
            "PostgreSQL needs packages of its own: install them with pip install "
            "'jaxjudge[postgresql]'"
        ) from None


def alone(connection: Connection, lock: int) -> None:
    """Wait until no other transaction that has passed here with the same number goes on.

    On SQLite, whoever writes is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def new_id() -> str:
    """A name for a row that nobody can guess."""
    return secrets.token_hex(8)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        kind = address.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        kind = ""
    if kind not in _KINDS or (kind == "sqlite" and not address.database):
        raise UsageError(
            "expected the URL of a database, sqlite:///PATH or postgresql://USER@HOST/NAME, "
            f"found {_without_password(url)!r}"
        )
    if address.drivername == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    return address


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    return f"{head.partition('://')[0]}://...@{tail}" if at else url


def _prepare(connection: Any, _: object) -> None:
    # The driver begins transactions when it likes; here they begin when asked, and as asked.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """Faults of the database that are no fault of ours, said in a line."""
    try:
        yield
    except DBAPIError as error:
        if _ours(error):
            raise
        raise StoreError(f"the database cannot be used now: {_line(error)}") from error


def _ours(error: DBAPIError) -> bool:
    kind = type(error.orig).__name__
    return kind in ("IntegrityError", "ProgrammingError", "DataError") or isinstance(
        error.orig, (TypeError, ValueError)
    )


def _line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no reason given"
