from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from harness.problem.model import Problem
from harness.store import accounts, fleet, queue, submissions
from harness.store.database import Database, now
from harness.store.figures import Figures, figures
from harness.store.queue import Outcome
from harness.store.submissions import Offered
from harness.store.tables import judgings, workers
from harness.work.bench import known

NONE = Figures(
    {"live": 0, "rejudge": 0},
    0.0,
    {"queued": 0, "running": 0, "done": 0, "dead": 0},
    {},
    {"working": 0, "silent": 0, "out": 0},
    0,
    0,
)


def counted(database: Database) -> Figures:
    with database.read() as connection:
        return figures(connection)


def test_nothing_is_counted_where_there_is_nothing(database: Database) -> None:
    assert counted(database) == NONE


def test_judgings_are_counted(database: Database, training_step: Problem) -> None:
    version = training_step.version
    with database.write() as connection:
        fleet.know(connection, known([training_step]))
        user = accounts.add(connection, "ada", "learner").id
        for _ in range(4):
            offered = Offered(user, training_step.id, version, "a.py", b"pass")
            submissions.accept(connection, offered)
        claim = queue.claim(connection, "w", [version])
        assert claim is not None
        queue.finish(connection, claim, Outcome("accepted", 1.0, 1.0, 1, {}))
        queue.claim(connection, "w", [version])
        waiting = judgings.c.state == "queued"
        old = now() - timedelta(hours=1)
        connection.execute(update(judgings).where(waiting).values(queued_at=old))
        fleet.quarantine(connection, version, "why")
    found = counted(database)
    assert found.queued == {"live": 2, "rejudge": 0}
    assert 3600 <= found.oldest < 3700
    assert found.judgings == {"queued": 2, "running": 1, "done": 1, "dead": 0}
    assert (found.verdicts, found.barred, found.submissions) == ({"accepted": 1}, 1, 4)


def test_workers_are_counted(database: Database) -> None:
    with database.write() as connection:
        for name in ("serve-a", "silent", "out", "ended"):
            fleet.join(connection, name, {"jax": "1"}, "strict", False)
        silent = update(workers).where(workers.c.id == "silent")
        connection.execute(silent.values(seen_at=now() - timedelta(hours=1)))
        for _ in range(fleet.WORKER_ERRORS):
            fleet.erred(connection, "out", "why")
        fleet.leave(connection, "ended")
        assert [fleet.is_out(connection, name) for name in ("serve-a", "out")] == [False, True]
        assert fleet.present(connection, "serve-") == ["serve-a"]
        assert fleet.present(connection, "serve_") == []
    assert counted(database).workers == {"working": 1, "silent": 1, "out": 1}
