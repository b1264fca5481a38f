"""One process of a fleet, whose clock can be set: `python -m tests.chaos.process ORDER`.

The order is JSON: what it is (`web`, `quick` for a worker that judges at once, `real`), the URL of
the database, the file with the seconds its clock is ahead, and a port or the seconds of a lease.
The clock is that of `harness.store.database`, by which everything that is kept is dated.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

from harness.errors import JudgeError
from harness.log import configure, logger
from harness.problem.library import standard_library
from harness.store import database
from harness.store.database import StoreError, open_database
from harness.store.limits import Rate
from harness.web.service import Service, serve
from harness.web.site import Rules
from harness.work.process import Order, end_on
from harness.work.worker import Duty, Worker, run
from tests.chaos.standin import StandIn

PROBLEM = "scan_training_step"
_FREELY = Rate(1_000_000, timedelta(seconds=1))
_QUICK_SECONDS = 0.2


class Shifted(datetime):
    """A clock that is ahead by the seconds in a file."""

    file: Path

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + timedelta(seconds=float(cls.file.read_text() or "0"))


def main() -> None:
    """Do what is ordered until SIGTERM, or SIGKILL."""
    order: dict[str, Any] = json.loads(sys.argv[1])
    Shifted.file = Path(order["clock"])
    database.datetime = Shifted  # type: ignore[attr-defined]
    configure()
    threading.Thread(target=_end_with_starter, daemon=True).start()
    stop = threading.Event()
    end_on(stop, signal.SIGTERM)
    try:
        if order["what"] == "web":
            _serve(order["database"], order["port"], stop)
        else:
            _work(order["database"], order["what"], timedelta(seconds=order["lease"]), stop)
    except JudgeError as error:
        logger().error("process.failed", reason=str(error))
        sys.exit(error.exit_code)


def _end_with_starter() -> None:
    sys.stdin.read()
    os._exit(1)


def _serve(url: str, port: int, stop: threading.Event) -> None:
    rules = Rules(sign_in=_FREELY, submit=_FREELY, queue=1_000_000)
    service = Service("127.0.0.1", port, None, Order(url), 0, rules)
    while not stop.is_set():
        try:
            serve(service, lambda text: None, stop)
        except StoreError:  # whoever starts a server starts it again
            stop.wait(0.1)


def _work(url: str, what: str, lease: timedelta, stop: threading.Event) -> None:
    library = standard_library({})
    with open_database(url) as kept:
        if what == "real":
            run(kept, library, Duty(lease=lease), stop)
            return
        bench = StandIn.for_(library.load(PROBLEM), seconds=_QUICK_SECONDS)
        Worker(kept, bench, Duty(lease=lease), stop).work()


if __name__ == "__main__":
    main()
