"""A database that is full, or locked by somebody else: said in time, and nothing half done."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import httpx2
import pytest
from sqlalchemy import func, select, text
from structlog.testing import capture_logs

from harness.engine import Engine
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.store import database as store
from harness.store import drafts, queue
from harness.store.database import Database, StoreError, open_database
from harness.store.migrate import migrate
from harness.store.tables import events, judgings
from harness.store.tables import submissions as table
from harness.web import pulse
from harness.work.bench import Bench
from harness.work.worker import Duty, Worker
from tests.harness.full import BIG, full_disk
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
    served: Online, built_in: Library, training_step: Problem
) -> None:
    ada, database = served.person("ada").program, served.database
    ada.get(f"{PATH}/x")  # that a token is used is written down now and then
    new = answer_of(built_in, training_step)
    big = {**new, "source": new["source"] + "#" * BIG}
    before = count(database)
    with full_disk(database), capture_logs() as logs:
        for _ in range(3):
            assert refused(ada.post(PATH, json=big))
        assert count(database) == before
        assert ada.get("/api/v1/problems").status_code == 200
    reasons = [line["reason"] for line in logs if line["event"] == "database.unusable"]
    assert len(reasons) == 1
    assert "full" in reasons[0] or "No space left" in reasons[0]
    assert ada.post(PATH, json=big).status_code == 201
    assert count(database) == [n + 1 for n in before]
    with database.write() as connection:
        assert queue.claim(connection, "w", [training_step.version]) is not None


def test_what_is_handed_in_is_not_lost_with_its_draft(
    served: Online, training_step: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = served.person("ada")

    def full(*_: object) -> None:
        raise StoreError("the database cannot be used now: database or disk is full")

    monkeypatch.setattr(drafts, "save", full)
    answer = ada.send(f"/problems/{training_step.id}", source="pass", once="1")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/submissions/")


def locked(site: Online, stack: ExitStack) -> None:
    """Let nobody else write, until the stack ends."""
    holding = stack.enter_context(site.database.write())
    if site.database.kind == "postgresql":
        holding.execute(text("LOCK TABLE sessions, buckets, tokens"))


def test_who_signs_in_is_told_and_the_server_says_that_it_is_not_well(
    impatient: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "_SECONDS", 0.0)
    client, form = impatient.client(), {"name": "ada", "password": "correct horse staple"}
    assert client.get("/healthz").json() == {"status": "ok"}
    with ExitStack() as stack:
        locked(impatient, stack)
        page = client.post("/sign-in", data=form)
        assert (page.status_code, page.headers["retry-after"]) == (503, "5")
        assert "cannot use its database now" in page.text
        assert refused(client.post("/api/v1/login", json=form))
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
        assert client.get("/sign-in").status_code == 200
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.post("/sign-in", data=form).status_code == 401
    impatient.database.close()


def test_strangers_who_ask_again_and_again_cost_little(local: Online) -> None:
    beats = pulse.Pulse()
    assert beats.writes(local.database)
    with local.database.write():  # what tries to write waits for this one
        assert beats.writes(local.database)
    beats._next = 0.0
    with beats._trying:
        assert beats.writes(local.database)
