"""The commands of a server, as errors; and a server as its users meet it, whatever is killed."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import structlog

from harness.__main__ import main
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.store import accounts, credentials, fleet
from harness.store.database import open_database
from harness.store.migrate import migrate
from harness.work.bench import packages
from tests.harness.test_cli_process import _alive, _children

COMMAND = [sys.executable, "-m", "harness"]
SUBMISSIONS = "/api/v1/submissions"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("JAXJUDGE_") and name != "JAXJUDGE_CACHE":
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """Undo what the commands do to the process's logs."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    yield
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """The one line in which a command says what is wrong."""
    assert main(arguments) == code
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0].removeprefix("jaxjudge: error: ")


def test_what_is_missing_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "uvicorn" else found(name)
    )
    for command in (["serve"], ["worker"], ["backup", "x"], ["restore", "x"]):
        assert said(capsys, *command) == (
            "a server needs packages of its own: install them with pip install 'jaxjudge[server]'"
        )


def test_wrong_use_is_said_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "expected the URL of a database" in said(capsys, "serve", "--database", "mysql://x")
    assert "secret" not in said(capsys, "worker", "--database", "mysql://a:secret@x")
    assert "expected an address" in said(capsys, "serve", "--url", "judge.example.org")
    assert "expected a folder of problems" in said(capsys, "serve", "--problems", "nowhere")
    both = ["--database", "sqlite:///x", "--data", str(tmp_path)]
    assert "give one of them" in said(capsys, "serve", *both)
    (tmp_path / "file").touch()
    assert "not a directory" in said(capsys, "worker", "--data", str(tmp_path / "file" / "x"))
    monkeypatch.setenv("JAXJUDGE_GITHUB_ID", "x")
    assert "set both" in said(capsys, "serve")


def test_a_port_that_is_taken_is_said_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "choose another one with --port" in said(capsys, "serve", "--port", port)


def test_a_database_that_cannot_be_used_is_said_in_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "jaxjudge.db").write_text("this is no database, but some text " * 100)
    line = said(capsys, "serve", "--port", "0", "--data", str(tmp_path), code=3)
    assert line.startswith("the database cannot be used now: file is not a database")
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    assert "refused" in said(capsys, "serve", "--port", "0", "--database", away, code=3)


def test_a_backup_of_nothing_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    line = said(capsys, "backup", str(tmp_path / "a.backup"))
    assert line.startswith("there is no database")
    assert not (tmp_path / "share").exists()


def test_a_backup_is_one_command_and_so_is_restoring_it(
    capsys: pytest.CaptureFixture[str], database_url: str, tmp_path: Path
) -> None:
    with open_database(database_url) as database:
        migrate(database)
        with database.write() as connection:
            accounts.add(connection, "ada", "learner")
    file = str(tmp_path / "judge.backup")
    assert main(["backup", file, "--database", database_url]) == 0
    assert capsys.readouterr().out == f"Wrote 1 user and 0 submissions to {file}.\n"
    assert main(["restore", file]) == 0
    assert capsys.readouterr().out == f"Restored 1 user and 0 submissions from {file}.\n"
    assert "--force replaces" in said(capsys, "restore", file)
    assert main(["restore", file, "--force"]) == 0
    assert (tmp_path / "share" / "jaxjudge").stat().st_mode & 0o77 == 0


def test_a_worker_with_other_versions_is_refused(
    capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    with open_database(database_url) as database:
        migrate(database)
        with database.write() as connection:
            other = {**packages(), "jax": "0.0.1"}
            fleet.join(connection, "elsewhere", other, "strict", False)
    done = subprocess.run(
        [*COMMAND, "worker", "--database", database_url],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert "but elsewhere judges with" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@dataclass
class Server:
    """A server as a process, and what it has printed."""

    process: subprocess.Popen[str]
    url: str
    welcome: str

    def running(self) -> set[int]:
        """All its processes."""
        return {self.process.pid, *_children(self.process.pid)}

    def workers(self) -> list[int]:
        direct = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [int(pid) for each in direct for pid in each.read_text().split()]
        return [pid for pid in pids if b"harness.work.process" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def serving(url: str, log: Path, *, first_time: bool) -> Iterator[Server]:
    command = [*COMMAND, "serve", "--port", "0", "--database", url, "--workers", "2"]
    with (
        log.open("a") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert first.startswith("jaxjudge is at http://127.0.0.1:"), log.read_text()
            welcome = ""
            if first_time:
                assert process.stdout.readline().startswith("There is no operator yet")
                welcome = process.stdout.readline().strip()
            yield Server(process, first.split()[3], welcome)
        finally:
            process.kill()


def until(holds: Callable[[], Any], seconds: float = 60.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


def token(url: str, name: str, role: str) -> str:
    with open_database(url) as database, database.write() as connection:
        user = accounts.add(connection, name, role).id
        return credentials.make_token(connection, user, "test", ["read", "submit"])[1]


def client(server: Server, secret: str) -> httpx2.Client:
    return httpx2.Client(
        base_url=server.url, headers={"Authorization": f"Bearer {secret}"}, timeout=30
    )


def judged(program: httpx2.Client, id: str) -> dict[str, Any]:
    def done() -> dict[str, Any] | None:
        found: dict[str, Any] = program.get(f"{SUBMISSIONS}/{id}").json()
        return found if found["verdict"] else None

    found: dict[str, Any] = until(done)
    return found


def test_a_worker_that_waits_ends_when_it_is_told_to(tmp_path: Path) -> None:
    command = [*COMMAND, "worker", "--data", str(tmp_path), "--live-only"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stderr is not None
        assert json.loads(worker.stderr.readline())["event"] == "database.awaited"
        worker.terminate()
        assert worker.wait(30) == 0
        assert worker.stderr.read() == ""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def database_of_server(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; on PostgreSQL what a killed server left waits for its lease."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jaxjudge.db'}"
    return str(request.getfixturevalue("postgresql").database())


def test_what_was_accepted_is_judged_whatever_is_killed(
    database_of_server: str, tmp_path: Path, training_step: Problem, built_in: Library
) -> None:
    database_url = database_of_server
    samples = built_in.samples(training_step.id)
    answer = next(path for verdict, path in samples if verdict == "accepted").read_text()
    new = {"problem": training_step.id, "source": answer}
    log = tmp_path / "log"
    with serving(database_url, log, first_time=True) as server:
        assert server.welcome.startswith(f"{server.url}/welcome?link=jjl_")
        ada = token(database_url, "ada", "learner")
        with client(server, ada) as program:
            first = program.post(SUBMISSIONS, json=new).json()["id"]
            until(lambda: program.get(f"{SUBMISSIONS}/{first}").json()["state"] == "running")
            for pid in server.workers():
                os.kill(pid, signal.SIGKILL)
            found = judged(program, first)
            assert (found["verdict"], found["attempt"]) == ("accepted", 2)
            second = program.post(SUBMISSIONS, json=new).json()["id"]
        before = server.running()
        server.process.kill()
        until(lambda: not _alive(before - {server.process.pid}))
    token(database_url, "root", "operator")
    with serving(database_url, log, first_time=False) as server:
        if database_url.startswith("sqlite"):
            again = [*COMMAND, "serve", "--port", "0", "--database", database_url]
            two = subprocess.run(again, capture_output=True, text=True, timeout=60, check=False)
            assert (two.returncode, two.stdout) == (2, "")
            assert "another jaxjudge serve uses" in two.stderr
        with client(server, ada) as program:
            assert judged(program, second)["verdict"] == "accepted"
            assert program.get("/healthz").status_code == 200
        before = server.running()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(40) == 0
        assert not _alive(before - {server.process.pid})
        assert server.process.stdout is not None
        assert server.process.stdout.read() == ""  # there is an operator
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"answered", "judging.done", "worker.ended"} <= {line["event"] for line in lines}
    done = [line["submission"] for line in lines if line["event"] == "judging.done"]
    assert {first, second} <= set(done)
