from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from harness.store import forgetting, hooks
from harness.store.database import StoreError
from harness.store.limits import Rate, take
from harness.store.people import buckets
from harness.work import dispatch
from harness.work.dispatch import Dispatcher
from tests.harness.online import Online
from tests.harness.work.test_delivering import Receiver, receiving


@contextmanager
def dispatching(site: Online) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=dispatch.run, args=(site.database, stop, True))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def answer(site: Online, webhook: str) -> str | None:
    with site.database.read() as connection:
        last = hooks.last(connection, webhook)
    return None if last is None else last.answer


def buckets_left(site: Online) -> int:
    with site.database.read() as connection:
        return connection.execute(select(func.count()).select_from(buckets)).scalar_one()


def hooked(site: Online, server: Receiver) -> str:
    ada = site.person("ada")
    with site.database.write() as connection:
        webhook, _ = hooks.add(connection, ada.account.id, server.url)
    site.judged(ada)
    return webhook


def test_what_was_judged_is_told_even_where_that_fails_at_first(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "_CLEANING_SECONDS", 0.0)
    monkeypatch.setattr(hooks, "PAUSES", (hooks.PAUSES[0] * 0,) * len(hooks.PAUSES))
    broken = iter([True])
    due = hooks.due

    def failing(*arguments: object) -> object:
        if next(broken, False):
            raise StoreError("gone")
        return due(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(hooks, "due", failing)
    monkeypatch.setattr(forgetting, "FULL", timedelta(0))
    with served.database.write() as connection:
        take(connection, "bucket", Rate(1, timedelta(seconds=1)))
    with receiving() as server, dispatching(served):
        server.answer = 500
        webhook = hooked(served, server)
        until(lambda: answer(served, webhook) == "answered 500")
        server.answer = 200
        until(lambda: answer(served, webhook) == "200")
        assert len({headers["x-jaxjudge-delivery"] for headers, _ in server.came}) == 1
        until(lambda: not buckets_left(served))


def test_what_cannot_be_noted_is_sent_again(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, failures = Dispatcher._note, iter([True])

    def failing(self: Dispatcher, *arguments: object) -> None:
        if next(failures, False):
            raise StoreError("gone")
        note(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Dispatcher, "_note", failing)
    monkeypatch.setattr(hooks, "_SENDING", hooks.PAUSES[0] * 0)
    with receiving() as server, dispatching(served):
        webhook = hooked(served, server)
        until(lambda: answer(served, webhook) == "204")
        assert len(server.came) == 2
