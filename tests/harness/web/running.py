"""A whole server on this machine: the application, a worker that judges, and who is signed in."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import sleep

from selenium.webdriver import Chrome
from uvicorn import Config, Server

from harness.engine import Engine
from harness.problem.library import Library
from harness.store import accounts, credentials, fleet
from harness.store.accounts import Account
from harness.store.database import Database, open_database
from harness.store.migrate import migrate
from harness.web.app import application
from harness.web.site import Rules, Site
from harness.work.bench import Bench, known
from harness.work.worker import Duty, Worker


class Running:
    """A site that is served, at `site.url`; `pause` and `resume` its worker."""

    def __init__(self, site: Site, bench: Bench) -> None:
        self.site = site
        self._bench = bench
        self._stop = Event()
        self._worker: Thread | None = None

    @property
    def database(self) -> Database:
        return self.site.database

    def person(self, name: str, role: str = "learner") -> tuple[Account, str]:
        """A new user, and the secret of a session."""
        with self.database.write() as connection:
            account = accounts.add(connection, name, role)
            return account, credentials.begin_session(connection, account.id, "test")

    def enter(self, browser: Chrome, secret: str | None) -> None:
        """Let a browser have a session, or none."""
        browser.get(f"{self.site.url}/sign-in")
        browser.delete_all_cookies()
        if secret is not None:
            browser.add_cookie({"name": "session", "value": secret, "path": "/", "httpOnly": True})

    def resume(self) -> None:
        """Judge what waits, and what comes."""
        if self._worker is not None:
            return
        self._stop = Event()
        worker = Worker(self.database, self._bench, Duty(poll=0.02), self._stop)
        self._worker = Thread(target=worker.work, daemon=True)
        self._worker.start()

    def pause(self) -> None:
        """Judge nothing more."""
        self._stop.set()
        if self._worker is not None:
            self._worker.join()
            self._worker = None


@contextmanager
def running(
    folder: Path, library: Library, ids: Sequence[str], engine: Engine, rules: Rules | None = None
) -> Iterator[Running]:
    """A server of some problems, whose worker judges by an engine, on SQLite."""
    problems = [library.load(id) for id in ids]
    bench = Bench(engine, {p.version: (p, library.samples(p.id)) for p in problems})
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        database = open_database(f"sqlite:///{folder / 'jaxjudge.db'}")
        migrate(database)
        with database.write() as connection:
            fleet.know(connection, known(problems))
        site = Site(database, {p.id: p for p in problems}, url, rules or Rules())
        server = Server(Config(application(site), lifespan="off", log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            sleep(0.01)
        found = Running(site, bench)
        found.resume()
        try:
            yield found
        finally:
            found.pause()
            server.should_exit = server.force_exit = True
            thread.join()
            database.close()
