"""The workers and the problems they judge by: who may take part, and what is taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, and_, insert, select, update

from harness.errors import MachineError
from harness.store.audit import note
from harness.store.database import now
from harness.store.submissions import LIVE
from harness.store.tables import judgings, versions, workers
from harness.store.types import insert_new

ALIVE = timedelta(seconds=60)
WORKER_ERRORS = 5
_PROBLEM_ERRORS = 5
_PROBLEM_USERS = 3


class Refused(MachineError):
    """A worker may not take part."""


@dataclass(frozen=True, slots=True)
class Known:
    """A version of a problem, as a problem package tells of it."""

    version: str
    problem: str
    title: str
    level: str


def join(
    connection: Connection,
    worker: str,
    packages: Mapping[str, str],
    isolation: str,
    live_only: bool,
) -> None:
    """Take a worker in; raises `Refused` while others judge with other versions of packages.

    Results of two versions of JAX may differ in the last digits: a fleet is changed as a whole.
    """
    alive = and_(workers.c.seen_at > now() - ALIVE, workers.c.ended_at.is_(None))
    for other in connection.execute(select(workers).where(alive, workers.c.id != worker)):
        if other.versions != dict(packages):
            mine, theirs = _listed(packages), _listed(other.versions)
            raise Refused(
                f"this worker has {mine}, but {other.id} judges with {theirs}: "
                "install the same, or stop the others first"
            )
    at = now()
    connection.execute(
        insert(workers).values(
            id=worker,
            versions=dict(packages),
            isolation=isolation,
            live_only=live_only,
            started_at=at,
            seen_at=at,
            judged=0,
            errors=0,
        )
    )


def beat(connection: Connection, worker: str) -> bool:
    """Say that a worker is there; False if it has been taken out."""
    mine = and_(workers.c.id == worker, workers.c.quarantined_at.is_(None))
    return connection.execute(update(workers).where(mine).values(seen_at=now())).rowcount == 1


def leave(connection: Connection, worker: str) -> None:
    """Say that a worker has ended."""
    connection.execute(update(workers).where(workers.c.id == worker).values(ended_at=now()))


def did(connection: Connection, worker: str) -> None:
    """Count a judging that a worker has brought."""
    values = {"judged": workers.c.judged + 1, "errors": 0, "seen_at": now()}
    connection.execute(update(workers).where(workers.c.id == worker).values(**values))


def erred(connection: Connection, worker: str, why: str) -> bool:
    """Count a fault of a worker's machine; True if it is taken out now, after too many in a row."""
    mine = update(workers).where(workers.c.id == worker)
    errors = connection.execute(
        mine.values(errors=workers.c.errors + 1).returning(workers.c.errors)
    ).scalar_one_or_none()
    if errors is None or errors < WORKER_ERRORS:
        return False
    fresh = connection.execute(
        mine.where(workers.c.quarantined_at.is_(None)).values(quarantined_at=now(), reason=why)
    )
    if fresh.rowcount:
        note(connection, None, "worker.quarantined", worker, {"reason": why})
    return True


def know(connection: Connection, known: Sequence[Known]) -> None:
    """Take in the versions that problems have now; what still waits for older ones is moved."""
    kept = {row.id: row.current for row in connection.execute(select(versions))}
    for each in known:
        if kept.get(each.version):
            continue
        if each.version not in kept:
            _add(connection, each)
        same = versions.c.problem == each.problem
        current = versions.c.id == each.version
        connection.execute(update(versions).where(same).values(current=current))
        waiting = and_(judgings.c.problem == each.problem, judgings.c.state == "queued")
        live = and_(waiting, judgings.c.priority == LIVE)
        connection.execute(update(judgings).where(live).values(version=each.version))


def _add(connection: Connection, each: Known) -> None:
    insert_new(
        connection,
        versions,
        id=each.version,
        problem=each.problem,
        title=each.title,
        level=each.level,
        seen_at=now(),
        current=False,
    )


def quarantine(connection: Connection, version: str, why: str) -> bool:
    """Take a version of a problem out; False if it was out already. Its submissions wait."""
    fresh = and_(versions.c.id == version, versions.c.quarantined_at.is_(None))
    values = {"quarantined_at": now(), "reason": why}
    out = connection.execute(update(versions).where(fresh).values(**values)).rowcount == 1
    if out:
        note(connection, None, "problem.quarantined", version, {"reason": why})
    return out


def release(connection: Connection, version: str) -> None:
    """Let a version of a problem be judged by again."""
    free = {"quarantined_at": None, "reason": None}
    connection.execute(update(versions).where(versions.c.id == version).values(**free))


def suspect(connection: Connection, version: str) -> bool:
    """Take out a version whose last judgings were all judge errors; True if it is taken out now.

    They must come from several users: one alone may have sent what the judge cannot judge.
    """
    settled = and_(judgings.c.version == version, judgings.c.finished_at.is_not(None))
    last = (
        select(judgings.c.verdict, judgings.c.user_id)
        .where(settled)
        .order_by(judgings.c.finished_at.desc())
        .limit(_PROBLEM_ERRORS)
    )
    rows = connection.execute(last).all()
    wrong = [row.user_id for row in rows if row.verdict == "judge_error"]
    if len(wrong) < _PROBLEM_ERRORS or len(set(wrong)) < _PROBLEM_USERS:
        return False
    return quarantine(connection, version, f"its last {len(wrong)} judgings were judge errors")


def _listed(packages: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in sorted(packages.items()))
