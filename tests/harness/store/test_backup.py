from __future__ import annotations

import gzip
import json
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from harness.engine import Engine
from harness.errors import UsageError
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.store import accounts, audit, credentials, fleet, queue, submissions
from harness.store.backup import Content, backup, restore
from harness.store.database import Database, open_database
from harness.store.migrate import is_current, migrate, unmigrate
from harness.store.queue import Outcome
from harness.store.submissions import Offered
from harness.store.tables import judgings, settings
from harness.work.bench import Bench, known
from harness.work.worker import Duty, Worker
from tests.postgresql import Cluster

DONE = Outcome("accepted", 1 / 3, 100.0, 6, {"verdict": "accepted", "text": "é\n", "none": None})
TEXT = "def f(x): return 'é'\n".encode()


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of one more empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'other' / 'jaxjudge.db'}"
    cluster: Cluster = request.getfixturevalue("postgresql")
    return cluster.database()


def fill(database: Database, problem: Problem, source: bytes) -> tuple[str, str]:
    """One submission that is judged, and one that waits."""
    with database.write() as connection:
        fleet.know(connection, known([problem]))
        user = accounts.add(connection, "ada", "learner", password="hash").id
        offered = Offered(user, problem.id, problem.version, "a.py", TEXT)
        done = submissions.accept(connection, offered)[0]
        claim = queue.claim(connection, "w", [problem.version])
        assert claim is not None
        queue.finish(connection, claim, DONE)
        credentials.make_token(connection, user, "t", ["read"])
        audit.note(connection, user, "did", "it", {"a": [1]})
        connection.execute(insert(settings).values(name="nothing", value=None))
        offered = Offered(user, problem.id, problem.version, "b.py", source)
        return done, submissions.accept(connection, offered)[0]


def everything(database: Database) -> list[object]:
    with database.read() as connection:
        return [connection.execute(select(table)).all() for table in (judgings, settings)]


def test_a_restored_server_knows_what_was_there_and_judges_what_waited(
    database: Database,
    other: str,
    tmp_path: Path,
    engine: Engine,
    training_step: Problem,
    built_in: Library,
) -> None:
    answer = built_in.samples(training_step.id)
    accepted = next(path for verdict, path in answer if verdict == "accepted").read_bytes()
    done, waiting = fill(database, training_step, accepted)
    file = tmp_path / "judge.backup"
    assert str(backup(database, str(file))) == "1 user and 2 submissions"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with open_database(other) as restored:
        assert restore(restored, str(file)) == Content(1, 2)
        assert is_current(restored)
        assert everything(restored) == everything(database)
        again = tmp_path / "again.backup"
        backup(restored, str(again))
        assert gzip.decompress(again.read_bytes()) == gzip.decompress(file.read_bytes())
        with restored.read() as connection:
            row = submissions.one(connection, done)
            assert row is not None
            assert (row.verdict, row.score) == ("accepted", 1 / 3)
            assert submissions.source(connection, done) == TEXT
            last = submissions.events_after(connection, done, 0)[-1].id
        bench = Bench(engine, {training_step.version: (training_step, ())})
        worker = Worker(restored, bench, Duty(), threading.Event())
        assert worker.step()
        with restored.read() as connection:
            row = submissions.one(connection, waiting)
            assert row is not None
            assert row.verdict == "accepted"
            assert submissions.events_after(connection, waiting, 0)[-1].id > last


def test_what_is_there_is_not_lost_by_accident(
    database: Database, tmp_path: Path, training_step: Problem
) -> None:
    empty, full = str(tmp_path / "empty.backup"), str(tmp_path / "full.backup")
    backup(database, empty)
    fill(database, training_step, b"pass")
    backup(database, full)
    with pytest.raises(UsageError, match="1 user and 2 submissions, which would be lost: --force"):
        restore(database, empty)
    assert restore(database, full, force=True) == Content(1, 2)
    assert restore(database, empty, force=True) == Content(0, 0)
    assert restore(database, full) == Content(1, 2)


def test_a_backup_is_of_one_moment(
    database: Database, tmp_path: Path, training_step: Problem
) -> None:
    fill(database, training_step, b"pass")
    with database.snapshot() as connection:
        before = connection.execute(select(judgings.c.state)).all()
        with database.write() as writing:
            writing.execute(update(judgings).values(state="dead"))
        assert connection.execute(select(judgings.c.state)).all() == before


@pytest.mark.parametrize("damage", ["cut", "rows", "short", "other", "text", "future"])
def test_a_damaged_backup_changes_nothing(
    tmp_path: Path, training_step: Problem, damage: str
) -> None:
    file = tmp_path / "judge.backup"
    with open_database(f"sqlite:///{tmp_path / 'a.db'}") as database:
        migrate(database)
        fill(database, training_step, b"pass")
        backup(database, str(file))
        lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
        first = json.loads(lines[0])
        damaged = {
            "cut": file.read_bytes()[:-20],
            "rows": gzip.compress(b"".join(lines[:-1])),
            "short": gzip.compress(b"".join([*lines[:-2], lines[-1]])),
            "other": gzip.compress(b"[]\n"),
            "text": b"no gzip",
            "future": gzip.compress(json.dumps({**first, "format": 2}).encode() + b"\n"),
        }
        file.write_bytes(damaged[damage])
        before = everything(database)
        with pytest.raises(UsageError, match=r"is not a backup, or it is damaged"):
            restore(database, str(file), force=True)
        assert everything(database) == before


def test_what_cannot_be_backed_up_or_restored_is_said(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'a.db'}") as database:
        with pytest.raises(UsageError, match="not in the form of this version"):
            backup(database, str(tmp_path / "a.backup"))
        migrate(database)
        with pytest.raises(UsageError, match=r"cannot write .*: no such file or directory"):
            backup(database, str(tmp_path / "nowhere" / "a.backup"))
        with pytest.raises(UsageError, match="there is no file"):
            restore(database, str(tmp_path / "a.backup"))
        file = tmp_path / "newer.backup"
        first = {"jaxjudge": "backup", "format": 1, "revision": "9999", "numbered": []}
        lines = (json.dumps(line) + "\n" for line in (first, {"rows": 0}))
        file.write_bytes(gzip.compress("".join(lines).encode()))
        with pytest.raises(UsageError, match=r"the backup is in a form .* \(9999\)"):
            restore(database, str(file))
        assert is_current(database)
        unmigrate(database, "base")
        assert not is_current(database)
