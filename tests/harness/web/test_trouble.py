"""A database that is full, or locked by somebody else: said in time, and nothing half done."""

from __future__ import annotations

import threading
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import event, func, select, text

from harness.engine import Engine
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.store import database as store
from harness.store import queue
from harness.store.database import Database, StoreError, open_database
from harness.store.migrate import migrate
from harness.store.tables import events, judgings
from harness.store.tables import submissions as table
from harness.work.bench import Bench
from harness.work.worker import Duty, Worker
from tests.harness.online import Online, online

PATH = "/api/v1/submissions"


@pytest.fixture
def impatient(database_url: str, monkeypatch: pytest.MonkeyPatch, training_step: Problem) -> Online:
    """A site whose database gives up waiting soon."""
    monkeypatch.setattr(store, "_BUSY_SECONDS", 1)
    database = open_database(database_url)
    migrate(database)
    return online(database, training_step)


def answer_of(built_in: Library, problem: Problem) -> dict[str, str]:
    samples = built_in.samples(problem.id)
    path = next(path for verdict, path in samples if verdict == "accepted")
    return {"problem": problem.id, "source": path.read_text("utf-8")}


def count(database: Database) -> list[int]:
    with database.read() as connection:
        return [
            connection.execute(select(func.count()).select_from(each)).scalar_one()
            for each in (table, judgings, events)
        ]


def refused(answer: httpx2.Response) -> bool:
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["error"]["code"] == "unavailable"
    assert "nothing was changed" in answer.json()["error"]["message"]
    return answer.status_code == 503


def test_a_locked_database_is_said_and_recovers(
    impatient: Online, training_step: Problem, built_in: Library, engine: Engine
) -> None:
    ada = impatient.person("ada").program
    new = answer_of(built_in, training_step)
    database = impatient.database
    assert ada.post(PATH, json=new).status_code == 201
    before = count(database)
    bench = Bench(engine, {training_step.version: (training_step, ())})
    stop = threading.Event()
    worker = Worker(database, bench, Duty(), stop)
    with database.write() as holding:
        if database.kind == "postgresql":
            holding.execute(text("LOCK TABLE submissions, judgings, buckets"))
            assert refused(ada.post(PATH, json=new))
        else:
            assert refused(ada.post(PATH, json=new))
            assert count(database) == before
            with pytest.raises(StoreError, match="locked"):
                worker.step()
        working = threading.Thread(target=worker.work)
        working.start()
        stop.wait(0.5)
    try:
        assert count(database) == before
        id = ada.post(PATH, json=new).json()["id"]
        for _ in range(400):
            found = ada.get(f"{PATH}/{id}").json()
            if found["verdict"] is not None:
                break
            stop.wait(0.05)
        assert found["verdict"] == "accepted"
    finally:
        stop.set()
        working.join()
        database.close()


def test_a_full_disk_is_said_and_recovers(
    tmp_path: Path, training_step: Problem, built_in: Library
) -> None:
    with open_database(f"sqlite:///{tmp_path / 'jaxjudge.db'}") as database:
        migrate(database)
        site = online(database, training_step)
        ada = site.person("ada").program
        ada.get(f"{PATH}/x")  # that a token is used is written down now and then
        new = answer_of(built_in, training_step)
        big = {**new, "source": new["source"] + "#" * 200_000}
        full = [True]

        @event.listens_for(database.engine, "connect")
        def limit(connection: object, _: object) -> None:
            if full:
                connection.execute("PRAGMA max_page_count=1").close()  # type: ignore[attr-defined]

        before = count(database)
        assert refused(ada.post(PATH, json=big))
        assert count(database) == before
        full.clear()
        assert ada.post(PATH, json=big).status_code == 201
        assert count(database) == [n + 1 for n in before]
        with database.write() as connection:
            assert queue.claim(connection, "w", [training_step.version]) is not None
