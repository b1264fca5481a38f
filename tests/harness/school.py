"""A school in a test: classes, sets, and submissions with the verdicts one likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from harness.store import accounts, assignments, classes, fleet, queue, submissions
from harness.store.accounts import Account
from harness.store.assignments import Terms
from harness.store.database import Database, now
from harness.store.fleet import Known
from harness.store.queue import Claim, Outcome
from harness.store.submissions import Offered

PROBLEMS = ("sum", "mean")
HOUR = timedelta(hours=1)


def version(problem: str, number: int = 1) -> str:
    """What a version of a problem is called here."""
    return f"{problem}-{number}"


def outcome(verdict: str, score: float | None = None) -> Outcome:
    """What a worker brings with a verdict."""
    reached = (100.0 if verdict == "accepted" else 0.0) if score is None else score
    found = {"cause": "a slip", "hint": "change it", "location": {"line": 1}}
    report = {"verdict": verdict, "checks": [{"findings": [found]}]}
    return Outcome(verdict, reached, 100.0, None, report)


@dataclass
class School:
    """Users, classes and their work in a database, whose problems are known by name only."""

    database: Database
    problems: Sequence[str] = PROBLEMS
    versions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.versions:
            self.publish(1)

    def publish(self, number: int) -> None:
        """Give all problems a version."""
        self.versions = {p: version(p, number) for p in self.problems}
        with self.database.write() as connection:
            fleet.know(connection, [Known(v, p, p, "easy") for p, v in self.versions.items()])

    def user(self, name: str, role: str = "learner") -> Account:
        with self.database.write() as connection:
            return accounts.add(connection, name, role)

    def create(self, teacher: Account, name: str = "A class") -> str:
        with self.database.write() as connection:
            return classes.create(connection, teacher.id, name)

    def join(self, id: str, *users: Account) -> None:
        with self.database.write() as connection:
            for user in users:
                found = next(c for c in classes.every(connection, user, 99) if c.id == id)
                classes.join(connection, user.id, found.code)

    def set(self, id: str, terms: Terms | None = None) -> str:
        with self.database.write() as connection:
            return assignments.add(connection, id, terms or Terms("A set", PROBLEMS))

    def close(self, set_id: str) -> None:
        """Let the deadline of a set be now."""
        with self.database.write() as connection:
            found = assignments.one(connection, set_id)
            assert found is not None
            terms = found.terms
            over = Terms(terms.title, terms.problems, None, now(), terms.attempts, terms.hints)
            assignments.change(connection, set_id, over)

    def submit(
        self,
        user: Account,
        problem: str = "sum",
        set_id: str | None = None,
        source: bytes = b"pass",
    ) -> str:
        offered = Offered(user.id, problem, self.versions[problem], "a.py", source, set_id)
        with self.database.write() as connection:
            return submissions.accept(connection, offered)[0]

    def claim(self, worker: str = "w1") -> Claim | None:
        with self.database.write() as connection:
            return queue.claim(connection, worker, list(self.versions.values()))

    def judge(self, *verdicts: str, score: float | None = None) -> None:
        """Judge what is next, with these verdicts in turn."""
        for verdict in verdicts:
            claim = self.claim()
            assert claim is not None
            with self.database.write() as connection:
                assert queue.finish(connection, claim, outcome(verdict, score))

    def handed_in(
        self,
        user: Account,
        verdict: str = "accepted",
        problem: str = "sum",
        set_id: str | None = None,
        score: float | None = None,
        source: bytes = b"pass",
    ) -> str:
        """A submission that has a verdict."""
        id = self.submit(user, problem, set_id, source)
        self.judge(verdict, score=score)
        return id

    def verdict(self, submission: str) -> tuple[str, str | None]:
        """The state and the verdict that counts of a submission."""
        with self.database.read() as connection:
            row = submissions.one(connection, submission)
        assert row is not None
        return row.state, row.verdict
