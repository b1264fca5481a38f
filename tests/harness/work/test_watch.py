from __future__ import annotations

from datetime import UTC, datetime, timedelta

from harness.store.queue import Held
from harness.work.watch import Watch

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def test_what_is_not_renewed_for_a_while_has_ended_whatever_its_date() -> None:
    watch = Watch(10)
    old, new = Held("a", 1, LONG_AGO), Held("b", 1, LONG_AGO + timedelta(days=100_000))
    assert watch.ended([old, new], 100) == []
    renewed = Held("b", 1, LONG_AGO)
    assert watch.ended([old, renewed], 109) == []
    assert watch.ended([old, renewed], 110) == [old]
    assert watch.ended([renewed], 119) == [renewed]
    assert watch.ended([Held("b", 2, LONG_AGO)], 120) == []
    assert watch.ended([], 200) == []
