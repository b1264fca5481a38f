"""People of every kind, each with something of every kind, for who tries all doors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert
from starlette.testclient import TestClient

from graders.verdict import CheckResult, Finding, Judgement, Status, Verdict, Where
from harness.problem.model import Problem
from harness.report import jsondoc
from harness.report.document import Isolation, Output, Report
from harness.store import accounts, credentials, queue
from harness.store.accounts import Account
from harness.store.database import new_id, now
from harness.store.people import classes, drafts, members, set_problems, sets
from harness.store.queue import Outcome
from harness.store.submissions import Offered, accept
from harness.store.tables import rejudges, webhooks
from harness.web.doors import Door
from tests.harness.online import Online

ROLES = ("learner", "instructor", "operator")
STRANGER = "stranger"
SCOPES = (*credentials.SCOPES, "all")
Making = Callable[[Connection, Account], str]


@dataclass(frozen=True)
class Keys:
    """What lets somebody in."""

    account: Account
    session: str
    csrf: str
    tokens: dict[str, str]

    def browser(self, online: Online) -> TestClient:
        client = online.client()
        client.cookies.set("session", self.session, "testserver.local")
        client.headers["X-CSRF-Token"] = self.csrf
        return client

    def program(self, online: Online, scope: str = "all") -> TestClient:
        client = online.client()
        client.headers["Authorization"] = f"Bearer {self.tokens[scope]}"
        return client


@dataclass(frozen=True)
class World:
    """What is in a file that tests copy: who is there, and whose is which object of a path."""

    file: Path
    people: dict[str, Keys]
    objects: dict[str, dict[str, str]]

    def path(self, door: Door, owner: str) -> str:
        """The address of something of somebody's behind a door, with the query that it needs."""

        def filled(match: re.Match[str]) -> str:
            kind = match.string[: match.start()].removeprefix("/api/v1")
            assert kind in self.objects, (
                f"the door {door.method} {door.path} is new: add to _makers in "
                f"tests/harness/world.py how to make what stands behind {kind}/... for a user"
            )
            return f"/{self.objects[kind][owner]}"

        path = re.sub(r"/\{\w+\}", filled, door.path)
        needed = QUERIES.get(door.path, {})
        query = "&".join(f"{name}={self.objects[kind][owner]}" for name, kind in needed.items())
        return f"{path}?{query}" if query else path


def a_report(problem: Problem, text: str = "The final weight differs.") -> Report:
    """What a judge may say, with a text wherever a learner's may be."""
    finding = Finding("missing_factor_x", text, text, Where(3, text, text), text)
    check = CheckResult("correctness", Status.FAILED, 0, 60, text, (finding,), Verdict.WRONG_ANSWER)
    return Report(
        problem=problem.id,
        problem_version=problem.version,
        name=text,
        sha256="ab" * 32,
        judgement=Judgement(Verdict.WRONG_ANSWER, (check,)),
        isolation=Isolation("confined", ("rlimits",)),
        output=Output(text, text, False),
        timings={"total": 0.42},
        versions={"jax": "0.10.2"},
    )


def make_world(online: Online, file: Path, problem: Problem, report: Report) -> World:
    """Fill a site's database, which is in a file."""
    with online.database.write() as connection:
        people = {role: _keys(connection, role, role) for role in ROLES}
        people[STRANGER] = _keys(connection, STRANGER, "learner")
        people["disabled"] = _keys(connection, "disabled", "operator")
        people["revoked"] = _keys(connection, "revoked", "operator")
        made = _makers(problem, report)
        objects = {
            kind: {who: make(connection, people[who].account) for who in (*ROLES, STRANGER)}
            for kind, make in made.items()
        }
        accounts.disable(connection, people["disabled"].account.id, True)
        credentials.end_sessions(connection, people["revoked"].account.id)
        credentials.revoke_tokens(connection, people["revoked"].account.id)
    return World(file, people, objects)


def _keys(connection: Connection, name: str, role: str) -> Keys:
    account = accounts.add(connection, name, role)
    secret = credentials.begin_session(connection, account.id, "test")
    session = credentials.by_session(connection, secret)
    assert session is not None
    tokens = {
        scope: credentials.make_token(
            connection, account.id, scope, credentials.SCOPES if scope == "all" else [scope]
        )[1]
        for scope in SCOPES
    }
    return Keys(account, secret, session.csrf, tokens)


# What a path's query must have, by what kind of object it names.
QUERIES = {"/history/diff": {"a": "/submissions", "b": "/submissions"}}


def _makers(problem: Problem, report: Report) -> dict[str, Making]:
    """What stands behind a part of a path that is left open, by what is before that part."""

    def submission(connection: Connection, owner: Account) -> str:
        return judged(connection, owner, problem, report)

    return {
        "/submissions": submission,
        "/problems": lambda connection, owner: _draft(connection, owner, problem),
        "/account/sessions": _session,
        "/account/tokens": _token,
        "/sessions": _session,
        "/tokens": _token,
        "/operator/users": lambda _, owner: owner.id,
        "/operator/problems": lambda *_: problem.id,
        "/webhooks": _webhook,
        "/classes": _class,
        "/classes/{id}/members": lambda _, owner: owner.name,
        "/classes/{id}/sets": lambda _, owner: _set_of(owner),
        "/sets": lambda connection, owner: _set(connection, owner, problem),
        "/rejudges": _rejudge,
    }


def judged(connection: Connection, owner: Account, problem: Problem, report: Report) -> str:
    """A submission of a user's, with its verdict."""
    offered = Offered(owner.id, problem.id, problem.version, "my.py", b"def f(): ...\n")
    id, _ = accept(connection, offered)
    claim = queue.claim(connection, "worker", [problem.version])
    assert claim is not None
    document = jsondoc.to_document(report)
    queue.finish(connection, claim, Outcome("wrong_answer", 40.0, 100.0, 3, document))
    return id


def _draft(connection: Connection, owner: Account, problem: Problem) -> str:
    row = {"user_id": owner.id, "problem": problem.id, "source": b"pass\n", "saved_at": now()}
    connection.execute(insert(drafts).values(row))
    return problem.id


def _session(connection: Connection, owner: Account) -> str:
    secret = credentials.begin_session(connection, owner.id, "another")
    session = credentials.by_session(connection, secret)
    assert session is not None
    return session.id


def _token(connection: Connection, owner: Account) -> str:
    return credentials.make_token(connection, owner.id, "another", ["read"])[0]


def _webhook(connection: Connection, owner: Account) -> str:
    row = {"id": new_id(), "user_id": owner.id, "url": "http://127.0.0.1:1/", "secret": "secret"}
    connection.execute(insert(webhooks).values(**row, created_at=now()))
    return row["id"]


def _class(connection: Connection, owner: Account) -> str:
    """One in which its owner is, and nobody else; who may teach teaches there."""
    id = f"class{owner.id}"
    row = {"id": id, "name": "Class", "code": owner.id, "created_at": now()}
    connection.execute(insert(classes).values(row))
    member = {"class_id": id, "user_id": owner.id, "teaches": owner.teaches, "joined_at": now()}
    connection.execute(insert(members).values(member))
    return id


def _set(connection: Connection, owner: Account, problem: Problem) -> str:
    id = _set_of(owner)
    row = {"id": id, "class_id": f"class{owner.id}", "title": "Set", "hints": 3}
    connection.execute(insert(sets).values(**row, created_at=now()))
    part = {"set_id": id, "problem": problem.id, "position": 0}
    connection.execute(insert(set_problems).values(part))
    return id


def _set_of(owner: Account) -> str:
    return f"set{owner.id}"


def _rejudge(connection: Connection, owner: Account) -> str:
    row = {"id": new_id(), "user_id": owner.id, "filter": {}, "state": "judging"}
    connection.execute(insert(rejudges).values(**row, created_at=now()))
    return str(row["id"])
