"""Many workers at one queue: whatever meets, each judging is claimed and counts once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from harness.store import queue, submissions
from harness.store.queue import Claim
from tests.harness.school import School, outcome

WORKERS = 6


def together(work: Callable[[int], None], count: int = WORKERS) -> None:
    """Do something in several threads, which begin at once; what one raises is raised."""
    begin = threading.Barrier(count)
    failed: list[BaseException] = []

    def run(number: int) -> None:
        try:
            begin.wait()
            work(number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def work_off(school: School, worker: int, claims: list[Claim]) -> None:
    """Claim and finish until nothing waits."""
    known = list(school.versions.values())
    while True:
        claim = school.claim(f"w{worker}")
        if claim is not None:
            claims.append(claim)
            with school.database.write() as connection:
                assert queue.finish(connection, claim, outcome("accepted"))
            continue
        with school.database.read() as connection:
            if not queue.waiting(connection, known):
                return


def test_each_is_claimed_once(school: School) -> None:
    users = [school.user(name) for name in ("bob", "eve", "joe")]
    ids = [school.submit(user) for _ in range(10) for user in users]
    claims: list[Claim] = []
    together(lambda worker: work_off(school, worker, claims))
    assert sorted(claim.submission for claim in claims) == sorted(ids)
    assert {claim.attempt for claim in claims} == {1}
    assert {school.verdict(id) for id in ids} == {("done", "accepted")}


def test_of_many_that_want_one_one_has_it(school: School) -> None:
    id = school.submit(school.user("bob"))
    claims: list[Claim | None] = []
    together(lambda worker: claims.append(school.claim(f"w{worker}")))
    assert [claim.submission for claim in claims if claim is not None] == [id]


def test_sweeping_beside_finishing_leaves_one_verdict(school: School) -> None:
    bob = school.user("bob")
    ids = [school.submit(bob) for _ in range(10)]
    known = list(school.versions.values())
    with school.database.write() as connection:
        held = [queue.claim(connection, "w0", known, lease=timedelta(seconds=-1)) for _ in ids]
    finished: list[str] = []
    swept: list[int] = []

    def work(number: int) -> None:
        if number == 0:
            for claim in held:
                assert claim is not None
                with school.database.write() as connection:
                    if queue.finish(connection, claim, outcome("accepted")):
                        finished.append(claim.submission)
        else:
            with school.database.write() as connection:
                swept.append(queue.sweep(connection, queue.running(connection)))

    together(work, 3)
    assert len(finished) + sum(swept) == len(ids)
    work_off(school, 1, [])
    for id in ids:
        assert school.verdict(id) == ("done", "accepted")
        with school.database.read() as connection:
            kinds = [e.kind for e in submissions.events_after(connection, id, 0)]
        assert kinds.count("done") == 1
