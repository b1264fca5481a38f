"""Inserting where there may be a row already, without a moment in which two think there is none."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def inserting(connection: Connection, table: Table) -> Insert:
    """An insertion that can say what to do on a conflict; its words are the same everywhere."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
