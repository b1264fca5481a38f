"""The dispatcher: sends what webhooks are to be told, again and again until it arrives.

Several may run: each delivery is sent by one of them at a time. Each clears up beside it.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass

from harness import debug
from harness.log import logger
from harness.store import forgetting, hooks
from harness.store.database import Database, StoreError
from harness.store.hooks import Due
from harness.work.delivering import Undelivered, deliver
from harness.work.outage import Outage

_AT_ONCE = 16
_CLEANING_SECONDS = 3600.0
_AGAIN_SECONDS = 10.0


@dataclass(slots=True)
class Dispatcher:
    """Sends until told to stop. `inside` allows addresses of the server's own network."""

    database: Database
    stop: threading.Event
    inside: bool = False
    poll: float = 0.5

    async def work(self) -> None:
        """Send until told to stop; a database that cannot be used is waited for.

        What is being sent then is given up, and sent again later.
        """
        sending: dict[str, asyncio.Task[None]] = {}
        clean_at, outage = time.monotonic(), Outage()
        while not self.stop.is_set():
            sending = {webhook: task for webhook, task in sending.items() if not task.done()}
            pause = self.poll
            try:
                for due in await asyncio.to_thread(self._begin, sending.keys()):
                    sending[due.webhook] = asyncio.create_task(self._send(due))
                if time.monotonic() >= clean_at:
                    more = await asyncio.to_thread(self._clean)
                    clean_at = time.monotonic() + (0.0 if more else _CLEANING_SECONDS)
                outage.over(logger())
            except StoreError as error:
                pause = outage.failed(error, logger())
            await asyncio.to_thread(self.stop.wait, pause)

    def _begin(self, busy: Collection[str]) -> list[Due]:
        """What is to be sent now, one a webhook, so that a slow one keeps only itself waiting."""
        with self.database.read() as connection:
            ids = hooks.due(connection, _AT_ONCE - len(busy), busy)
        if not ids:
            return []
        with self.database.write() as connection:
            found = [hooks.begin(connection, id) for id in ids]
        return [due for due in found if due is not None]

    async def _send(self, due: Due) -> None:
        log = logger(delivery=due.id, webhook=due.webhook, attempt=due.attempt)
        try:
            answer, arrived = await deliver(due, self.inside), True
        except Undelivered as error:
            answer, arrived = str(error), False
        except Exception as error:  # a fault of ours costs this attempt, and is told as any other
            debug.show(error)
            answer, arrived = f"inside the server: {type(error).__name__}", False
        log.info("webhook.sent" if arrived else "webhook.failed", answer=answer)
        try:
            await asyncio.to_thread(self._note, due, answer, arrived)
        except StoreError as error:  # it is sent again
            log.warning("database.unusable", reason=str(error))

    def _note(self, due: Due, answer: str, arrived: bool) -> None:
        with self.database.write() as connection:
            (hooks.delivered if arrived else hooks.failed)(connection, due, answer)

    def _clean(self) -> bool:
        """Delete some of what is of no use any more; whether there was any, and may be more."""
        with self.database.write() as connection:
            count = forgetting.forget(connection)
        if count:
            logger().info("database.cleaned", rows=count)
        return count > 0


def run(database: Database, stop: threading.Event, inside: bool = False) -> None:
    """Send what webhooks are to be told until told to stop; after a fault of ours, begin anew."""
    while not stop.is_set():
        try:
            asyncio.run(Dispatcher(database, stop, inside).work())
        except Exception as error:
            debug.show(error)
            logger().error("webhooks.failed", reason=f"{type(error).__name__}: {error}")
            stop.wait(_AGAIN_SECONDS)
