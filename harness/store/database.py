"""The database: one way to read and one to write, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import NullPool

from harness.errors import MachineError, UsageError
from harness.files import reason

_BUSY_SECONDS = 10
_KINDS = ("sqlite", "postgresql")
_OURS = (IntegrityError, ProgrammingError, DataError)  # faults of ours, not of the database


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

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection for reading what there is at its first look, whatever is written later."""
        with _told(), self.engine.connect() as connection:
            if self.kind == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database of a URL: `sqlite:///PATH` or `postgresql://...`.

    Nothing is read or written yet; for SQLite, the file is made where there is none. Raises
    `UsageError` for a URL of something else, and where what it needs is not installed.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _make_private(Path(address.database or "").absolute())
        engine = create_engine(
            address,
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={"timeout": _BUSY_SECONDS},
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return Database(engine)
    try:
        engine = create_engine(
            address,
            pool_pre_ping=True,
            hide_parameters=True,  # a fault that is logged must not tell what learners wrote
            pool_size=10,
            max_overflow=30,  # as many in all as a server has threads
            connect_args={"connect_timeout": _BUSY_SECONDS},
        )
    except ImportError:
        raise UsageError(
            "PostgreSQL needs packages of its own: install them with pip install "
            "'jaxjudge[postgresql]'"
        ) from None
    event.listen(engine, "connect", _bound)
    return Database(engine)


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


def clock(connection: Connection) -> datetime:
    """This moment, in UTC, by the clock of the database: it is one, and machines have many."""
    if connection.dialect.name == "postgresql":
        found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return found.astimezone(UTC)
    return now()


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


def _bound(connection: Any, _: object) -> None:
    # Who waits for a lock is told, as with SQLite, before whoever asked has given up.
    connection.execute(f"SET lock_timeout = '{_BUSY_SECONDS}s'")
    connection.commit()


def _make_private(path: Path) -> None:
    """Make a file that only its owner may read, where there is none: there are secrets in it.

    What SQLite puts beside it has the same mode.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {path.parent}: {reason(error)}") from None
    with suppress(OSError):  # SQLite says what is wrong, when it is used
        # Never one that is there: to close it would let go of all locks that this process has.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """Faults of the database that are no fault of ours, said in a line."""
    try:
        yield
    except (DBAPIError, NoneFree) as error:
        if isinstance(error, _OURS):
            raise
        raise StoreError(f"the database cannot be used now: {_line(error)}") from error


def _line(error: SQLAlchemyError) -> str:
    found = getattr(error, "orig", error)
    said = str(found).strip()
    name = str(getattr(found, "sqlite_errorname", ""))
    # SQLite says no more than "disk I/O error" where it has no room for what it puts beside a file.
    more = f" ({name}): its disk may be full" if name.startswith("SQLITE_IOERR") else ""
    return said.splitlines()[0] + more if said else "no reason given"
