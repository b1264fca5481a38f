"""The workers and the problems they judge by: who may take part, and what is taken out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from harness.errors import MachineError
from harness.store.audit import note
from harness.store.database import alone, clock, now
from harness.store.submissions import LIVE
from harness.store.tables import judgings, versions, workers
from harness.store.types import AnyRow
from harness.store.upsert import inserting

ALIVE = timedelta(seconds=60)
WORKER_ERRORS = 5
_PROBLEM_ERRORS = 5
_PROBLEM_USERS = 3
_LOCK = 7_304_119_526


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
    problems: Collection[str] = (),
) -> None:
    """Take a worker in; raises `Refused` while others judge with other versions of packages.

    Results of two versions of JAX may differ in the last digits: a fleet is changed as a whole.
    `problems` are the versions of problems that it can judge by. One that does not know whether it
    was taken in may ask again.
    """
    alone(connection, _LOCK)
    other = _unlike(connection, worker, packages)
    if other is not None:
        mine, theirs = _listed(packages), _listed(other.versions)
        raise Refused(
            f"this worker has {mine}, but {other.id} judges with {theirs}: "
            "install the same, or stop the others first"
        )
    at = clock(connection)
    made = inserting(connection, workers).values(
        id=worker,
        versions=dict(packages),
        problems=sorted(problems),
        isolation=isolation,
        live_only=live_only,
        started_at=at,
        seen_at=at,
        judged=0,
        errors=0,
    )
    connection.execute(made.on_conflict_do_nothing(index_elements=["id"]))


def _unlike(connection: Connection, worker: str, packages: Mapping[str, str]) -> AnyRow | None:
    """A worker that is there and has other versions of packages."""
    there = alive(clock(connection))
    others = connection.execute(select(workers).where(there, workers.c.id != worker))
    return next((other for other in others if other.versions != dict(packages)), None)


def heard(at: datetime) -> ColumnElement[bool]:
    """The workers that were heard of about then, by the database's clock.

    One that was heard of long after says only that the clock was set back.
    """
    return workers.c.seen_at.between(at - ALIVE, at + ALIVE)


def alive(at: datetime) -> ColumnElement[bool]:
    """The workers that are there, as far as has been heard."""
    return and_(heard(at), workers.c.ended_at.is_(None))


def beat(connection: Connection, worker: str) -> bool:
    """Say that a worker is there; False if it may not take part any longer.

    That is so when it has been taken out, and when it was thought to be gone and others with other
    versions of packages have come in its place.
    """
    mine = and_(workers.c.id == worker, workers.c.quarantined_at.is_(None))
    at = clock(connection)
    there = connection.execute(update(workers).where(mine, alive(at)).values(seen_at=at)).rowcount
    return there == 1 or _returned(connection, worker)


def _returned(connection: Connection, worker: str) -> bool:
    alone(connection, _LOCK)
    mine = and_(workers.c.id == worker, workers.c.quarantined_at.is_(None))
    row = connection.execute(select(workers.c.versions).where(mine)).one_or_none()
    if row is None or _unlike(connection, worker, row.versions) is not None:
        return False
    back = {"seen_at": clock(connection), "ended_at": None}
    return connection.execute(update(workers).where(mine).values(**back)).rowcount == 1


def leave(connection: Connection, worker: str) -> None:
    """Say that a worker has ended."""
    connection.execute(update(workers).where(workers.c.id == worker).values(ended_at=now()))


def is_out(connection: Connection, worker: str) -> bool:
    """Whether a worker has been taken out."""
    out = and_(workers.c.id == worker, workers.c.quarantined_at.is_not(None))
    return connection.execute(select(workers.c.id).where(out)).first() is not None


def present(connection: Connection, prefix: str) -> Sequence[str]:
    """The workers whose names begin so and that have not said that they ended."""
    mine = and_(workers.c.id.startswith(prefix, autoescape=True), workers.c.ended_at.is_(None))
    return connection.execute(select(workers.c.id).where(mine)).scalars().all()


def did(connection: Connection, worker: str) -> None:
    """Count a judging that a worker has brought."""
    values = {"judged": workers.c.judged + 1, "errors": 0}
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
    alone(connection, _LOCK)
    kept = {row.id: row.current for row in connection.execute(select(versions))}
    for each in known:
        if kept.get(each.version):
            continue
        if each.version not in kept:
            _add(connection, each)
        same = versions.c.problem == each.problem
        current = versions.c.id == each.version
        connection.execute(update(versions).where(same).values(current=current))
    move(connection)


def _add(connection: Connection, each: Known) -> None:
    connection.execute(
        insert(versions).values(
            id=each.version,
            problem=each.problem,
            title=each.title,
            level=each.level,
            seen_at=now(),
            current=False,
        )
    )


def stale() -> ColumnElement[bool]:
    """Live judgings that wait for a version of their problem that is no longer its version.

    One was accepted, or put back by a lost worker, just when the version changed.
    """
    newer = versions.alias()
    there = select(newer.c.id).where(newer.c.problem == judgings.c.problem, newer.c.current)
    live = and_(judgings.c.state == "queued", judgings.c.priority == LIVE)
    old = select(versions.c.id).where(versions.c.current.is_(False))
    return and_(live, judgings.c.version.in_(old), there.correlate(judgings).exists())


def move(connection: Connection) -> int:
    """Let what waits for an older version of its problem wait for the current one."""
    alone(connection, _LOCK)  # two that change the same rows, in any order, could hold each other
    current = select(func.min(versions.c.id)).where(
        versions.c.problem == judgings.c.problem, versions.c.current
    )
    moved = update(judgings).where(stale()).values(version=current.scalar_subquery())
    return connection.execute(moved).rowcount


def quarantine(connection: Connection, version: str, why: str) -> bool:
    """Take a version of a problem out; False if it was out already. Its submissions wait."""
    fresh = and_(versions.c.id == version, versions.c.quarantined_at.is_(None))
    values = {"quarantined_at": now(), "reason": why}
    out = connection.execute(update(versions).where(fresh).values(**values)).rowcount == 1
    if out:
        note(connection, None, "problem.quarantined", version, {"reason": why})
    return out


def current(connection: Connection, problem: str) -> str | None:
    """The version that a problem has now; None where there is no such problem."""
    chosen = select(versions.c.id).where(versions.c.problem == problem, versions.c.current)
    return connection.execute(chosen).scalar_one_or_none()


def release(connection: Connection, version: str) -> bool:
    """Let a version of a problem be judged by again; False if it is not quarantined."""
    out = and_(versions.c.id == version, versions.c.quarantined_at.is_not(None))
    free = {"quarantined_at": None, "reason": None, "released_at": now()}
    return connection.execute(update(versions).where(out).values(**free)).rowcount == 1


def suspect(connection: Connection, version: str) -> bool:
    """Take out a version whose last judgings were all judge errors; True if it is taken out now.

    They must come from several users: one alone may have sent what the judge cannot judge. What
    was judged before an operator released it does not count.
    """
    released = select(func.coalesce(versions.c.released_at, 0)).where(versions.c.id == version)
    since = judgings.c.finished_at > released.scalar_subquery()
    settled = and_(judgings.c.version == version, judgings.c.finished_at.is_not(None), since)
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
