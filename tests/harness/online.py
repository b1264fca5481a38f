"""A server in a test: its database, on SQLite or PostgreSQL, and users that ask it for things."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from harness.problem.model import Problem
from harness.store import accounts, classes, credentials, fleet, queue
from harness.store.accounts import Account
from harness.store.database import Database, open_database
from harness.store.queue import Outcome
from harness.web.app import application
from harness.web.site import Rules, Site
from harness.work.bench import known

URL = "http://testserver"
ALL = frozenset(credentials.SCOPES)
FINDING = {"message": "wrong", "cause": "it adds", "hint": "multiply", "location": {"line": 1}}
REPORT = {
    "verdict": "accepted",
    "checks": [{"name": "values", "findings": [FINDING]}],
    "counterexample": {"x": 1},
    "program": "let",
}
ACCEPTED = Outcome("accepted", 100.0, 100.0, 6, REPORT)


@dataclass(frozen=True, slots=True)
class Person:
    """A user with a session, as a browser has it, and a token, as a program has it."""

    account: Account
    browser: TestClient
    program: TestClient
    csrf: str

    def send(self, path: str, **fields: str) -> Response:
        """Send a form of a page of this user's."""
        return self.browser.post(path, data={"csrf": self.csrf, **fields})


@dataclass(frozen=True, slots=True)
class Online:
    """A site, without workers: what is submitted waits."""

    site: Site

    @property
    def database(self) -> Database:
        return self.site.database

    def client(self, address: str = "testclient") -> TestClient:
        """A browser in which nobody is signed in; browsers say which site sends a form."""
        served = application(self.site)
        client = TestClient(served, URL, follow_redirects=False, client=(address, 50000))
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
        browser.cookies.set("session", secret, "testserver.local")
        program.headers["Authorization"] = f"Bearer {token}"
        return Person(account, browser, program, session.csrf)

    def teacher(self, name: str, *learners: Person) -> Person:
        """A new instructor, signed in, of a class with some learners."""
        teacher = self.person(name, "instructor")
        with self.database.write() as connection:
            id = classes.create(connection, teacher.account.id, "A class")
            code = classes.renew_code(connection, id)
            for learner in learners:
                classes.join(connection, learner.account.id, code)
        return teacher

    def submit(self, person: Person, source: str = "pass", problem: str = "scan_cumsum") -> str:
        """The id of a submission that waits."""
        asked = {"problem": problem, "source": source}
        answer = person.program.post("/api/v1/submissions", json=asked)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def settle(self, outcome: Outcome = ACCEPTED) -> str:
        """The id of the submission that was next, judged as is said."""
        versions = [problem.version for problem in self.site.problems.values()]
        with self.database.write() as connection:
            claim = queue.claim(connection, "worker", versions)
            assert claim is not None
            queue.finish(connection, claim, outcome)
        return claim.submission

    def judged(self, person: Person, source: str = "pass", equations: int = 6) -> str:
        """The id of a submission that was accepted."""
        id = self.submit(person, source)
        assert self.settle(replace(ACCEPTED, equations=equations)) == id
        return id


def online(database: Database, *problems: Problem, rules: Rules | None = None) -> Online:
    """A site with some problems, known to its database."""
    with database.write() as connection:
        fleet.know(connection, known(problems))
    site = Site(database, {p.id: p for p in problems}, URL, rules or Rules())
    return Online(site)


def copied(empty: Path, folder: Path) -> Database:
    """A database of one's own on SQLite, from a file with tables: faster than making them."""
    path = folder / "jaxjudge.db"
    path.write_bytes(empty.read_bytes())
    return open_database(f"sqlite:///{path}")
