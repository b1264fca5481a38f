"""Workers on PostgreSQL, on any number of machines: Procrastinate wakes them.

A job says only that there may be something to claim. Who has next, and that each judging counts
once, is decided by the rows of the queue, so it does not matter if a job is lost or runs twice.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import text

from harness.errors import UsageError
from harness.store.database import Database, StoreError
from harness.store.notify import MISSING, QUEUE, TASK

if TYPE_CHECKING:
    from procrastinate import App

_LOOK_SECONDS = 5.0  # how often to look without having been woken
_NOTICE_SECONDS = 0.05  # how soon to notice that it is time to stop
_CONNECT_SECONDS = 1.0  # several are spent in a row before a lost database is given up
# What was being run by workers that are gone: the row they judged is put back in its own way.
_LEFT_OVER = """
DELETE FROM procrastinate_jobs WHERE status = 'doing' AND worker_id IS NULL
"""


def listen(database: Database, work: Callable[[], None], stop: threading.Event) -> None:
    """Call `work`, one call at a time, whenever there may be something to do, until told to stop.

    Raises `StoreError` when the database is lost, whatever `work` raises, and `UsageError` where
    Procrastinate is not installed.
    """
    try:
        from procrastinate.exceptions import ConnectorException
    except ImportError:
        raise UsageError(MISSING) from None
    _silence("procrastinate", "psycopg.pool")
    with database.write() as connection:
        connection.execute(text(_LEFT_OVER))
    try:
        asyncio.run(_Session(_conninfo(database), work, stop).run())
    except ConnectorException as error:
        raise StoreError(f"the database cannot be used now: {_line(error)}") from error


def _silence(*names: str) -> None:
    """What they tell of a lost database is told once, by whoever waits for it to come back."""
    for name in names:
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.addHandler(logging.NullHandler())


def _conninfo(database: Database) -> str:
    url = database.engine.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def _line(error: Exception) -> str:
    return str(error.__cause__ or error).strip().partition("\n")[0]


@dataclass(slots=True)
class _Session:
    """A connection to the jobs, from its beginning until it is lost or no longer wanted."""

    conninfo: str
    work: Callable[[], None]
    stop: threading.Event
    _busy: threading.Lock = field(default_factory=threading.Lock)
    _failure: BaseException | None = None

    async def run(self) -> None:
        """Until told to stop; raises what ended it otherwise."""
        # Tasks of Procrastinate fail with the database; that this is lost is seen otherwise.
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        app = self._app()
        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE], delete_jobs="always", install_signal_handlers=False
                )
            )
            await self._watch(worker)
        if self._failure is not None:
            raise self._failure
        if not self.stop.is_set():
            raise StoreError("the database cannot be used now: the connection was lost")

    def _app(self) -> App:
        from procrastinate import App, PsycopgConnector

        connector = PsycopgConnector(
            conninfo=self.conninfo, min_size=1, max_size=3, timeout=_CONNECT_SECONDS
        )
        app = App(connector=connector)
        app.task(name=TASK, queue=QUEUE)(self._turn)
        return app

    async def _watch(self, worker: asyncio.Task[None]) -> None:
        """Look now and again, as if woken; end a worker that is to end, and wait until it has."""
        clock = asyncio.get_running_loop().time
        next_look = clock()
        while not (worker.done() or self.stop.is_set() or self._failure):
            if clock() >= next_look:
                await asyncio.to_thread(self._turn)
                next_look = clock() + _LOOK_SECONDS
            await asyncio.wait([worker], timeout=_NOTICE_SECONDS)
        worker.cancel()
        try:
            await worker
        except asyncio.CancelledError:
            pass  # as it was told to
        except Exception:
            if self._failure is None:
                raise

    def _turn(self) -> None:
        if not self._busy.acquire(blocking=False):
            return  # who is at it goes on until nothing is left
        try:
            self.work()
        except Exception as error:
            self._failure = error
        finally:
            self._busy.release()
