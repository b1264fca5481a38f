"""The judge for an event loop: side by side, and gone when it is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

import harness.session
from harness.errors import IsolationWarning, UsageError
from harness.grading.terms import Terms
from harness.judge import AsyncJudge, Submission
from tests.harness.test_judge import ENDLESS, PROBLEM, RAISING, RIGHT


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def _busy(judge: AsyncJudge) -> list[int]:
    crew = judge._session.crew
    return [hand.pid for hand in crew._hands if hand not in crew._free]


def _gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_an_event_loop_judges_side_by_side_and_cancels() -> None:
    async def sources() -> AsyncIterator[str | Submission]:
        yield RAISING
        await asyncio.sleep(0)
        yield Submission("mine", "")

    async def main() -> None:
        with pytest.raises(UsageError, match="inside its"):
            await AsyncJudge(PROBLEM).judge(RIGHT)
        async with AsyncJudge(PROBLEM, "none", jobs=2) as judge:
            crew = judge._session.crew
            endless = [asyncio.create_task(judge.judge(ENDLESS)) for _ in range(3)]
            await _until(lambda: len(_busy(judge)) == 2)
            pids = _busy(judge)
            for task in endless:
                task.cancel()
            await asyncio.wait(endless)
            assert all(task.cancelled() for task in endless)
            assert _gone(pids)
            report = await judge.judge(RIGHT, "my.py")
            assert (report.name, report.reward) == ("my.py", 1)
            names = {report.name async for report in judge.judge_many(sources())}
            assert names == {"submission 1", "mine"}
            many = judge.judge_many(["", ENDLESS, ""], jobs=1)
            assert (await anext(many)).name == "submission 1"
            pids = _busy(judge)
            await many.aclose()
            assert not _busy(judge)
            assert {r.name async for r in judge.judge_many([""])} == {"submission 1"}
            left = asyncio.create_task(judge.judge(ENDLESS))
            await _until(lambda: _busy(judge))
            pids = [hand.pid for hand in crew._hands]
        with pytest.raises(UsageError, match="has ended"):
            await left
        assert _gone(pids)

    asyncio.run(main())


def test_a_start_that_is_cancelled_or_warned_of_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(harness.session, "Terms", partial(Terms, most="none"))

    async def main() -> None:
        judge = AsyncJudge(PROBLEM)
        with pytest.raises(IsolationWarning):
            await judge.__aenter__()
        starting = asyncio.create_task(judge.__aenter__())
        await _until(lambda: judge._session._crew)
        for _ in range(2):
            starting.cancel()
            await asyncio.sleep(0.01)
        with pytest.raises(asyncio.CancelledError):
            await starting
        assert judge._session._crew is None

    asyncio.run(main())
