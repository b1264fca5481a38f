"""Many submissions while things fail at random, and what must be true in the end."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from harness.problem.library import standard_library
from harness.store import accounts, credentials
from harness.store.database import Database, StoreError, open_database
from harness.store.migrate import migrate
from tests.chaos.clients import Accepted, hand_in
from tests.chaos.fleet import Fleet
from tests.chaos.process import PROBLEM
from tests.chaos.standin import verdict_of
from tests.postgresql import Cluster

_PER_USER = 10
_ALONE = 0.7
_RECOVERY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many submissions, by how many clients at once, to how many workers of which kind.

    Something fails every `pause` seconds or so, and at least `harms` times. Workers hold what they
    judge for `lease` seconds. The same seed fails the same things in the same order.
    """

    submissions: int
    seed: int = 0
    clients: int = 16
    workers: int = 3
    what: str = "quick"
    pause: float = 1.0
    harms: int = 0
    lease: float = 2.0
    patience: float = 120.0


@dataclass(frozen=True, slots=True)
class Told:
    """What an ordeal found: what failed how often, how long it took, and what should not be."""

    harms: Counter[str]
    seconds: float
    retries: int
    lost: int
    wrong: tuple[str, ...]


def undergo(plan: Plan, url: str, folder: Path, cluster: Cluster | None = None) -> Told:
    """Hand in while things fail; then let everything be there, and look at what came of it."""
    with open_database(url) as database:
        migrate(database)
        return _undergo(plan, database, url, folder, cluster)


def _undergo(
    plan: Plan, database: Database, url: str, folder: Path, cluster: Cluster | None
) -> Told:
    began = time.monotonic()
    expected = _sources(plan)
    tokens = _tokens(database, 1 + len(expected) // _PER_USER)
    fleet = Fleet(url, folder, cluster, plan.workers, plan.what, plan.lease)
    with fleet, ThreadPoolExecutor(1) as thread:
        _await_all(database, plan.workers)
        over = threading.Event()
        harming = thread.submit(_harm, fleet, plan, over)
        try:
            sources = list(expected)
            accepted = hand_in(fleet.url, tokens, PROBLEM, sources, plan.clients, plan.seed)
        finally:
            over.set()
            harming.result()
        wrong = _await(fleet, database, plan.patience)
    wrong += _wrong(database, accepted, expected)
    wrong += [f"{name} wrote a traceback" for name, log in fleet.logs().items() if _trace in log]
    lost = _number(database, "SELECT count(*) FROM judgings WHERE attempt > 1")
    retries = sum(len(each.answers) - 1 for each in accepted)
    return Told(Counter(fleet.done), time.monotonic() - began, retries, lost, tuple(wrong))


_trace = "Traceback (most recent call last)"


def _sources(plan: Plan) -> dict[str, str]:
    """Sources that all differ, each with its right verdict."""
    if plan.what == "quick":
        made = (f"# {number}\n" for number in range(plan.submissions))
        return {source: verdict_of(source.encode()) for source in made}
    samples = standard_library({}).samples(PROBLEM)
    texts = [(verdict.value, path.read_text("utf-8")) for verdict, path in samples]
    return {
        f"{texts[number % len(texts)][1]}\n# {number}\n": texts[number % len(texts)][0]
        for number in range(plan.submissions)
    }


def _tokens(database: Database, count: int) -> list[str]:
    made = []
    with database.write() as connection:
        for number in range(count):
            user = accounts.add(connection, f"user{number}", "learner")
            made.append(credentials.make_token(connection, user.id, "chaos", {"submit", "read"})[1])
    return made


def _harm(fleet: Fleet, plan: Plan, over: threading.Event) -> None:
    """Kill, each kind in its turn, in an order that is drawn again and again."""
    dice = random.Random(plan.seed)
    kinds: list[str] = []
    while len(fleet.done) < plan.harms or not over.is_set():
        kinds = kinds or dice.sample(fleet.kinds(), len(fleet.kinds()))
        fleet.harm(kinds.pop(), dice)
        time.sleep(dice.uniform(0, plan.pause))
        if dice.random() < _ALONE:  # or else it fails together with what is next
            fleet.repair()
            fleet.await_answer(_RECOVERY_SECONDS)
            time.sleep(dice.uniform(0, plan.pause))


def _await_all(database: Database, workers: int) -> None:
    """Let there be workers before any is killed."""
    while _number(database, "SELECT count(*) FROM workers") < workers:
        time.sleep(0.05)


def _await(fleet: Fleet, database: Database, patience: float) -> list[str]:
    """Let all be there until nothing waits; what goes wrong with that."""
    end = time.monotonic() + patience
    left = -1
    while time.monotonic() < end:
        fleet.repair()
        try:
            open_ = "SELECT count(*) FROM judgings WHERE state IN ('queued', 'running')"
            left = _number(database, open_)
        except StoreError:
            left = -1
        if left == 0:
            return []
        time.sleep(0.1)
    return [f"{left} are not judged after {patience} s"]


def _wrong(database: Database, accepted: Sequence[Accepted], expected: dict[str, str]) -> list[str]:
    """What is not as it was promised to every submission that was accepted."""
    kept = _number(database, "SELECT count(*) FROM submissions")
    found = [f"{kept} are kept of {len(expected)}"] * (kept != len(expected))
    with database.read() as connection:
        rows = connection.execute(
            text(
                "SELECT submission_id AS id, state, verdict, current FROM judgings "
                "ORDER BY submission_id"
            )
        ).all()
        done = connection.execute(
            text("SELECT submission_id FROM events WHERE kind = 'done'")
        ).scalars()
        settled = Counter(done)
    counted = {row.id: row for row in rows if row.current}
    judged = Counter(row.id for row in rows)
    for each in accepted:
        row = counted.get(each.id)
        right = ("done", expected[each.source])
        if row is None or (row.state, row.verdict) != right:
            found.append(f"{each.number} is {row} and should be {right}")
        if judged[each.id] != 1 or settled[each.id] != 1:
            found.append(f"{each.number}: {judged[each.id]} judgings, {settled[each.id]} verdicts")
        if 201 not in each.answers and 0 not in each.answers and 503 not in each.answers:
            found.append(f"{each.number} was answered {each.answers}")
    return found


def _number(database: Database, query: str) -> int:
    with database.read() as connection:
        return int(connection.execute(text(query)).scalar_one())
