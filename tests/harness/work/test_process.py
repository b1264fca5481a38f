from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from harness.errors import UsageError
from harness.store.database import Database, open_database
from harness.store.migrate import migrate
from harness.work import process
from harness.work.process import Order, end_on, library, work


def test_an_order_is_one_line() -> None:
    order = Order("sqlite:////a\nb", ("x", "y"), "basic", True, "w")
    assert "\n" not in order.text
    assert Order.parse(order.text) == order


def test_folders_of_problems_must_be_there(tmp_path: Path) -> None:
    assert library([str(tmp_path)]).roots[0] == tmp_path.resolve()
    with pytest.raises(UsageError, match=r"expected a folder of problems, but .*none is none"):
        library([str(tmp_path / "none")])


def test_a_database_is_waited_for_until_it_is_ready(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First it has no tables; then they are made, and the worker works."""
    monkeypatch.setattr(process, "_PAUSE_SECONDS", 0.01)
    worked = threading.Event()

    def run(database: Database, *others: object) -> None:
        worked.set()

    monkeypatch.setattr(process, "run", run)
    with capture_logs() as logs, open_database(database_url) as database:
        thread = threading.Thread(target=work, args=(Order(database_url), threading.Event()))
        thread.start()
        time.sleep(0.3)
        assert not worked.is_set()
        migrate(database)
        thread.join(10)
    assert worked.is_set()
    awaited = [line["reason"] for line in logs if line["event"] == "database.awaited"]
    assert len(awaited) <= 2  # SQLite may be locked while its tables are made
    assert awaited[0] == "its server has not made its tables, or is of an older version"


def test_who_waits_for_a_database_that_is_away_can_be_stopped() -> None:
    stop = threading.Event()
    with capture_logs() as logs:
        threading.Timer(0.2, stop.set).start()
        work(Order("postgresql://nobody@127.0.0.1:1/nothing"), stop)
    assert "refused" in logs[0]["reason"]


def test_the_first_signal_sets_the_event_and_the_second_does_what_it_did() -> None:
    stop, second = threading.Event(), []
    before = signal.signal(signal.SIGUSR1, lambda *_: second.append(1))
    try:
        end_on(stop, signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR1)
        assert stop.wait(10)
        assert second == []
        signal.raise_signal(signal.SIGUSR1)
        assert second == [1]
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_worker_of_a_server_says_what_is_wrong_and_ends() -> None:
    command = [sys.executable, "-I", "-m", "harness.work.process"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdin is not None
        assert worker.stderr is not None
        worker.stdin.write(Order("mysql://x", name="w").text + "\n")
        worker.stdin.flush()
        said = json.loads(worker.stderr.readline())
        assert worker.wait(30) == 2
    assert (said["event"], said["worker"]) == ("worker.failed", "w")
    assert "expected the URL of a database" in said["reason"]


def test_a_worker_ends_with_who_started_it(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-m", "harness.work.process"]
    order = Order(f"sqlite:///{tmp_path / 'a.db'}")  # which nobody makes: it waits
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdin is not None
        assert worker.stderr is not None
        worker.stdin.write(order.text + "\n")
        worker.stdin.flush()
        assert json.loads(worker.stderr.readline())["event"] == "database.awaited"
        worker.stdin.close()
        assert worker.wait(30) == -signal.SIGKILL
