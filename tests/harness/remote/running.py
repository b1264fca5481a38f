"""A server in a test that is reached as others are: by HTTP, on a port of this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import uvicorn
from structlog.testing import capture_logs

from harness.engine import Engine
from harness.problem.library import Library
from harness.store import accounts, credentials
from harness.store.database import open_database
from harness.store.migrate import migrate
from harness.web.app import application
from harness.web.security.passwords import hashed
from harness.web.site import Rules, Site
from harness.work.bench import Bench
from harness.work.worker import Duty, Worker
from tests.harness.online import Online, online

PROBLEMS = ("scan_training_step", "scan_cumsum")
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Running:
    """A server at `url`."""

    online: Online
    url: str
    library: Library

    def token(self, name: str, *scopes: str) -> str:
        """The token of a new user, whose password is `PASSWORD`."""
        password = hashed(PASSWORD)
        with self.online.database.write() as connection:
            account = accounts.add(connection, name, "learner", password)
            return credentials.make_token(connection, account.id, "test", scopes)[1]

    @contextmanager
    def worker(self, engine: Engine) -> Iterator[None]:
        """Let a worker judge what is submitted to the first of the problems."""
        problem = self.online.site.problems[PROBLEMS[0]]
        bench = Bench(engine, {problem.version: (problem, self.library.samples(problem.id))})
        stop = threading.Event()
        worker = Worker(self.online.database, bench, Duty(poll=0.02), stop)
        with capture_logs(), _thread(worker.work):
            try:
                yield
            finally:
                stop.set()


@contextmanager
def running(database: str, library: Library, rules: Rules | None = None) -> Iterator[Running]:
    """A server with two problems, until the block ends."""
    opened = open_database(database)
    migrate(opened)
    made = online(opened, *map(library.load, PROBLEMS), rules=rules)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        site = replace(made.site, url=url)
        with _serving(site, listening):
            yield Running(Online(site), url, library)
    opened.close()


@contextmanager
def _serving(site: Site, listening: socket.socket) -> Iterator[None]:
    config = uvicorn.Config(
        application(site), log_level="critical", timeout_graceful_shutdown=1, lifespan="off"
    )
    server = uvicorn.Server(config)
    with _thread(partial(server.run, sockets=[listening])):
        try:
            while not server.started:
                time.sleep(0.005)
            yield
        finally:
            server.should_exit = True


@contextmanager
def _thread(work: Callable[[], None]) -> Iterator[None]:
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()
