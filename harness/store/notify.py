"""Tells workers on other machines that there may be something to judge.

The rows of the queue are the truth. On PostgreSQL a job of Procrastinate in the same transaction
wakes an idle worker at once; whatever becomes of it, workers look again every few seconds. On
SQLite all workers are on one machine, and look often.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from harness.errors import UsageError

if TYPE_CHECKING:
    from procrastinate import App

QUEUE = "judging"
TASK = "jaxjudge.judge"
MISSING = (
    "workers on PostgreSQL need packages of their own: install them with pip install "
    "'jaxjudge[postgresql]'"
)
_MOST = 64  # a worker that is woken works until nothing is left


def wake(connection: Connection, count: int = 1) -> None:
    """Wake up to so many idle workers when, and if, the transaction is committed.

    Raises `UsageError` where Procrastinate is not installed.
    """
    if connection.dialect.name != "postgresql" or count < 1:
        return
    driver = connection.connection.driver_connection
    task = _client().configure_task(TASK, queue=QUEUE, connection=driver)
    task.batch_defer(*({} for _ in range(min(count, _MOST))))


@cache
def _client() -> App:
    """It writes on connections of others only, so it is never opened."""
    try:
        from procrastinate import App, SyncPsycopgConnector
    except ImportError:
        raise UsageError(MISSING) from None
    return App(connector=SyncPsycopgConnector())
