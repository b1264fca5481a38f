"""A term at a school, as those find it who look at the pages of a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import update

from graders.steps import Step
from harness.store import applying, audit, credentials, fleet, rejudging, submissions
from harness.store.accounts import Account
from harness.store.assignments import Terms
from harness.store.database import now
from harness.store.rejudging import Chosen
from harness.store.tables import judgings
from harness.store.tables import submissions as table
from tests.harness.school import School
from tests.harness.web.running import Running

_PACKAGES = {"jax": "0.7.1", "numpy": "2.3.2", "python": "3.12.11"}
_DAY = timedelta(days=1)
_ADDRESS = "192.0.2.7"
_TELEPHONE = "Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
# What learners reached at the problems of the first set, attempt by attempt.
_REACHED = {
    "barbara": (("wrong_answer", "accepted"), ("accepted",), ()),
    "edsger": (("accepted",), ("wrong_structure", "wrong_answer"), ()),
    "frances": (("runtime_error", "wrong_answer", "accepted"), ("accepted",), ("wrong_answer",)),
    "kathleen": ((), (), ()),
    "tony": (("time_limit_exceeded",), ("accepted",), ("accepted",)),
}
_SCORES = {"accepted": 100.0, "wrong_answer": 41.7, "wrong_structure": 60.0}
CODE = b"import jax.numpy as jnp\n\n\ndef running_sum(x):\n    return jnp.cumsum(x)\n"


@dataclass
class Term:
    """Two classes with three sets, what was handed in to them, and what an operator sees of it.

    The worker of `served` must be paused; `problems` are three that are set, the easiest first.
    """

    served: Running
    problems: tuple[str, str, str]
    ids: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        versions = {id: problem.version for id, problem in self.served.site.problems.items()}
        self.school = School(self.served.database, self.problems, versions)
        for name, role in (("margaret", "operator"), ("niklaus", "instructor")):
            self._enter(name, role)
        for name in _REACHED:
            self._enter(name, "learner")
        self._teach()
        self._hand_in()
        self._judge_again()
        self._work()
        self._write_down()

    def _enter(self, name: str, role: str) -> None:
        self.people[name], self.secrets[name] = self.served.person(name, role)

    def _teach(self) -> None:
        teacher, *_ = learners = [self.people[name] for name in ("niklaus", *_REACHED)]
        self.ids["class"] = self.school.create(teacher, "Loops in JAX, autumn")
        self.ids["empty"] = self.school.create(teacher, "Loops in JAX, spring")
        self.school.join(self.ids["class"], *learners[1:])
        first, second, _ = self.problems
        week = Terms("Week 1: the first loops", self.problems, None, now() + 3 * _DAY, 3, 2)
        later = Terms("Week 2: a way back", (second,), now() + 4 * _DAY, now() + 11 * _DAY)
        warm = Terms("To warm up", (first,))
        for name, terms in (("set", week), ("later", later), ("warm", warm)):
            self.ids[name] = self.school.set(self.ids["class"], terms)

    def _hand_in(self) -> None:
        ago = 50 * timedelta(hours=1)
        for name, row in _REACHED.items():
            for problem, found in zip(self.problems, row, strict=True):
                for verdict in found:
                    id = self.school.handed_in(
                        self.people[name],
                        verdict,
                        problem,
                        self.ids["set"],
                        _SCORES.get(verdict, 0.0),
                        CODE,
                    )
                    self._date(id, ago)
                    ago -= timedelta(hours=3, minutes=7)

    def _date(self, id: str, ago: timedelta) -> None:
        at, soon = now() - ago, now() - ago + timedelta(seconds=4)
        values = {"queued_at": at, "started_at": at, "finished_at": soon}
        mine = update(judgings).where(judgings.c.submission_id == id)
        with self.served.database.write() as connection:
            connection.execute(update(table).where(table.c.id == id).values(created_at=at))
            connection.execute(mine.values(**values))

    def _judge_again(self) -> None:
        for name, verdict, found in (
            ("applied", "time_limit_exceeded", ("accepted",)),
            ("preview", "wrong_answer", ("accepted", "wrong_answer", "wrong_answer", "accepted")),
        ):
            with self.served.database.write() as connection:
                chosen = Chosen(verdict=verdict, class_id=self.ids["class"])
                teacher = self.people["niklaus"]
                self.ids[name], _ = rejudging.create(connection, teacher, chosen, None)
                count = rejudging.progress(connection, self.ids[name])["queued"]
            for each in found[:count]:
                self.school.judge(each, score=_SCORES[each])
        with self.served.database.write() as connection:
            applying.apply(connection, self.people["niklaus"].id, self.ids["applied"])

    def _work(self) -> None:
        """What is being judged, what waits, and the workers that do it."""
        known = tuple(self.school.versions.values())
        with self.served.database.write() as connection:
            for place, worker in enumerate(("judge-1-4711", "judge-1-4712", "judge-2-880")):
                fleet.join(connection, worker, _PACKAGES, "strict", place == 0, known)
                fleet.did(connection, worker)
            for _ in range(fleet.WORKER_ERRORS):
                fleet.erred(connection, "judge-2-880", "its sandbox could not be started")
            taken = self.school.versions[self.problems[2]]
            fleet.quarantine(connection, taken, "5 judge errors in a row at 3 users' programs")
        self.ids["judging"] = self.school.submit(
            self.people["barbara"], self.problems[0], self.ids["warm"], CODE
        )
        claim = self.school.claim("judge-1-4711")
        assert claim is not None
        step = {"step": str(Step.STRUCTURE), "checks": {"correctness": "passed"}}
        with self.served.database.write() as connection:
            submissions.record(connection, claim.submission, "running", {"attempt": 1, **step})
        self.school.submit(self.people["tony"], self.problems[1], self.ids["set"], CODE)

    def _write_down(self) -> None:
        """What the doors would have written into the log, and what somebody's account has."""
        operator, teacher = self.people["margaret"].id, self.people["niklaus"].id
        noted: tuple[tuple[str | None, str, str, dict[str, str]], ...] = (
            (operator, "invitation made", "instructor", {}),
            (None, "user added", "niklaus", {"by": "invitation"}),
            (operator, "role changed", "niklaus", {"from": "learner", "to": "instructor"}),
            (teacher, "class.created", self.ids["class"], {}),
            (teacher, "set.created", self.ids["set"], {"class": self.ids["class"]}),
            (teacher, "class.member_changed", self.ids["class"], {"user": "tony"}),
        )
        with self.served.database.write() as connection:
            for actor, action, target, details in noted:
                audit.note(connection, actor, action, target, details, _ADDRESS if actor else "")
            for name, scopes in (("laptop", ("read", "submit")), ("gradebook", ("read", "teach"))):
                credentials.make_token(connection, teacher, name, frozenset(scopes), 90 * _DAY)
            credentials.begin_session(connection, teacher, _TELEPHONE)
