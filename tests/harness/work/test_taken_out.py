from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from harness.engine import Engine
from harness.errors import MachineError
from harness.store.database import Database, now
from harness.store.tables import workers
from harness.work.bench import Bench
from harness.work.worker import Duty, Worker


@pytest.mark.parametrize("how", ["taken out", "unknown"])
def test_a_worker_that_may_not_go_on_says_so(database: Database, engine: Engine, how: str) -> None:
    duty = Duty(lease=timedelta(seconds=0.3))
    worker = Worker(database, Bench(engine, {}), duty, threading.Event())

    def take_out() -> None:
        mine = workers.c.id == worker.name
        out = update(workers).values(quarantined_at=now(), reason="by hand")
        with database.write() as connection:
            connection.execute((out if how == "taken out" else delete(workers)).where(mine))

    threading.Timer(0.3, take_out).start()
    with pytest.raises(MachineError, match="this worker was taken out"):
        worker.work()
