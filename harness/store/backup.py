"""Backups: all rows of all tables as one file, the same for SQLite and for PostgreSQL.

The file is JSON lines in gzip: what it is; then some rows of a table a line, in an order in which
they can be added; then how many rows there are. This version and newer ones can restore it, into a
database of either kind.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    Table,
    column,
    func,
    insert,
    inspect,
    select,
    table,
    type_coerce,
)
from sqlalchemy.types import NullType, TypeEngine

from harness.errors import UsageError
from harness.files import private, reason
from harness.store import people, tables
from harness.store.database import Database
from harness.store.metadata import METADATA
from harness.store.migrate import head, is_current, remake, upgrade
from harness.store.types import Instant

_FORMAT = 1
_ROWS = 200  # in a line: of reports, some MiB
_BROKEN = (EOFError, OSError, zlib.error, ValueError, LookupError, TypeError)
_NUMBERED = (tables.events, tables.audit)
_TYPES: Mapping[str, TypeEngine[Any]] = {
    "bytes": LargeBinary(),
    "json": JSON(),
    "json or nothing": JSON(none_as_null=True),
    "plain": NullType(),
}


@dataclass(frozen=True, slots=True)
class Content:
    """How much there is of what matters."""

    users: int
    submissions: int

    def __str__(self) -> str:
        return f"{_counted(self.users, 'user')} and {_counted(self.submissions, 'submission')}"


def backup(database: Database, path: str) -> Content:
    """Write a file with all that there is at one moment, whole or not at all; nobody waits for it.

    Only its owner may read it: it has hashes of passwords, and what learners wrote. Raises
    `UsageError` when it cannot be written or the database is not that of this version, and
    `StoreError`.
    """
    if not is_current(database):
        raise UsageError(
            "the database is not in the form of this version of jaxjudge: back it up with the "
            "version that it belongs to"
        )
    with _written(path) as file, database.snapshot() as connection:
        numbered = [each.name for each in _NUMBERED]
        first = {"jaxjudge": "backup", "format": _FORMAT, "revision": head(), "numbered": numbered}
        _say(file, first)
        rows = sum(_save(connection, each, file) for each in METADATA.sorted_tables)
        _say(file, {"rows": rows})
        return _content(connection)


def restore(database: Database, path: str, force: bool = False) -> Content:
    """Make a database what it was when the file was written; all of it or nothing.

    Raises `UsageError` for a file that is no backup, and for a database with users or submissions
    unless `force` says that they are to be lost; and `StoreError`.
    """
    with closing(_lines(path)) as lines:
        first = next(lines)
        with database.write() as connection:
            before = _content(connection)
            if (before.users or before.submissions) and not force:
                raise UsageError(
                    f"the database has {before}, which would be lost: --force replaces them"
                )
            remake(connection, first["revision"])
            for line in lines:
                _load(connection, line)
            if database.kind == "postgresql":
                _number(connection, first["numbered"])
            upgrade(connection)
            return _content(connection)


def _content(connection: Connection) -> Content:
    there = set(inspect(connection).get_table_names())
    return Content(
        *(_count(connection, each, there) for each in (people.users, tables.submissions))
    )


def _count(connection: Connection, kept: Table, there: set[str]) -> int:
    if kept.name not in there:
        return 0
    return connection.execute(select(func.count()).select_from(kept)).scalar_one()


def _save(connection: Connection, kept: Table, file: IO[str]) -> int:
    columns = [[each.name, _kind(each)] for each in kept.columns]
    raw = (
        type_coerce(each, BigInteger) if isinstance(each.type, Instant) else each
        for each in kept.columns
    )
    found = connection.execute(select(*raw), execution_options={"yield_per": _ROWS})
    count = 0
    for some in found.partitions():
        rows = [[_packed(value) for value in row] for row in some]
        _say(file, {"table": kept.name, "columns": columns, "rows": rows})
        count += len(rows)
    return count


def _kind(kept: Column[Any]) -> str:
    if isinstance(kept.type, LargeBinary):
        return "bytes"
    if isinstance(kept.type, JSON):
        return "json or nothing" if kept.nullable else "json"
    return "plain"


def _packed(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _load(connection: Connection, line: Mapping[str, Any]) -> None:
    """Add some rows, by what the file says of their columns: this version may know others."""
    into = table(line["table"], *(column(name, _TYPES[kind]) for name, kind in line["columns"]))
    connection.execute(insert(into), line["rows"])


def _number(connection: Connection, names: Sequence[str]) -> None:
    """Let new rows of some tables have numbers that are higher than those of all there are."""
    for name in names:
        last = select(func.max(column("id"))).select_from(table(name)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(name, "id")
        connection.execute(select(func.setval(sequence, func.coalesce(last, 0) + 1, False)))


def _lines(path: str) -> Generator[dict[str, Any], None, None]:
    """What the file is, and then its rows; raises `UsageError` where it is damaged."""
    try:
        with gzip.open(path, "rt", encoding="ascii") as file:
            first = json.loads(next(file))
            if first["jaxjudge"] != "backup" or first["format"] > _FORMAT:
                raise ValueError
            yield first
            yield from _rows(file)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}") from None
    except (*_BROKEN, StopIteration):
        raise UsageError(f"{path} is not a backup, or it is damaged: nothing was changed") from None


def _rows(file: Iterable[str]) -> Iterator[dict[str, Any]]:
    count = 0
    for text in file:
        line = json.loads(text)
        if "table" not in line:
            if line["rows"] != count:
                break
            return
        count += len(line["rows"])
        yield _unpacked(line)
    raise EOFError


def _unpacked(line: dict[str, Any]) -> dict[str, Any]:
    names = [name for name, _ in line["columns"]]
    kinds = [kind for _, kind in line["columns"]]
    rows = [
        {
            name: base64.b64decode(value) if kind == "bytes" and value is not None else value
            for name, kind, value in zip(names, kinds, row, strict=True)
        }
        for row in line["rows"]
    ]
    return {**line, "rows": rows}


@contextmanager
def _written(path: str) -> Iterator[IO[str]]:
    """A file that is there when all was written; raises `UsageError`."""
    target = Path(os.path.realpath(path))
    try:
        with private(target) as raw, gzip.open(raw, "wt", encoding="ascii") as file:
            yield cast(IO[str], file)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {reason(error)}") from None


def _say(file: IO[str], document: Any) -> None:
    file.write(json.dumps(document) + "\n")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"
