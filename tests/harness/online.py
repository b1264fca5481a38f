"""A server in a test: its database, on SQLite or PostgreSQL, and users that ask it for things."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.testclient import TestClient

from harness.problem.model import Problem
from harness.store import accounts, credentials, fleet
from harness.store.accounts import Account
from harness.store.database import Database
from harness.web.app import application
from harness.web.site import Rules, Site
from harness.work.bench import known

URL = "http://testserver"
ALL = frozenset(credentials.SCOPES)


@dataclass(frozen=True, slots=True)
class Person:
    """A user with a session, as a browser has it, and a token, as a program has it."""

    account: Account
    browser: TestClient
    program: TestClient
    csrf: str


@dataclass(frozen=True, slots=True)
class Online:
    """A site, without workers: what is submitted waits."""

    site: Site

    @property
    def database(self) -> Database:
        return self.site.database

    def client(self) -> TestClient:
        """A browser in which nobody is signed in; browsers say which site sends a form."""
        client = TestClient(application(self.site), URL, follow_redirects=False)
        client.headers["Origin"] = URL
        return client

    def person(self, name: str, role: str = "learner") -> Person:
        """A new user, signed in."""
        with self.database.write() as connection:
            account = accounts.add(connection, name, role)
            secret = credentials.begin_session(connection, account.id, "test")
            _, token = credentials.make_token(connection, account.id, "test", ALL)
            session = credentials.by_session(connection, secret)
        assert session is not None
        browser, program = self.client(), self.client()
        browser.cookies.set("session", secret)
        program.headers["Authorization"] = f"Bearer {token}"
        return Person(account, browser, program, session.csrf)


def online(database: Database, *problems: Problem, rules: Rules | None = None) -> Online:
    """A site with some problems, known to its database."""
    with database.write() as connection:
        fleet.know(connection, known(problems))
    site = Site(database, {p.id: p for p in problems}, URL, rules or Rules())
    return Online(site)
