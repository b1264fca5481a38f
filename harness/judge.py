"""Judging from a program: a learner's test, or a verifier in a training loop."""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
)
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from harness.engine import LEVELS
from harness.errors import IsolationWarning, UsageError
from harness.files import read_file
from harness.grading.crew import AHEAD, GRACE_SECONDS, Crew, Round
from harness.grading.hand import Document
from harness.problem.library import standard_library
from harness.problem.model import Problem
from harness.report.document import Report
from harness.report.machine import weakness
from harness.session import Asked, Session, checked

_NAME = "submission"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Submission:
    """A source with a name, by which its report is told from others."""

    name: str
    source: str | bytes


Source = str | bytes | Submission


def judge(
    path: str | os.PathLike[str],
    problem: str | Path | Problem | None = None,
    isolation: str | None = None,
) -> Report:
    """The report on a file, by the problem that is given or whose function the file defines.

    Raises what `Judge` raises, and `UsageError` for a file that cannot be read or whose problem
    cannot be found.
    """
    name = os.fspath(path)
    source = read_file(name)
    if problem is None:
        problem = standard_library().infer(source.decode("utf-8-sig", "replace"), "problem=")
    with Judge(problem, isolation, jobs=1) as running:
        return running.judge(source, name)


class Judge:
    """Judges submissions to one problem in processes of its own. Use it as a context manager.

    `problem` is an id, the folder of a problem package, or a loaded problem as it is in its folder.
    `isolation` is the weakest to judge under: `strict`, `basic` or `none`. When not given, it is
    the most there is, with an `IsolationWarning` below `strict`. `jobs` is how many submissions
    are judged at a time, by default as many as there are processors. Threads may share a judge.

    Raises `UsageError` for a problem there is not, `ProblemError` for one with mistakes; entering
    raises `ProblemError`, and `MachineError` when the machine cannot judge under that isolation.
    """

    def __init__(
        self,
        problem: str | Path | Problem,
        isolation: str | None = None,
        jobs: int | None = None,
    ) -> None:
        self._session = Session.of(problem, isolation, jobs)

    def __enter__(self) -> Self:
        """Start a process, and wait until it can judge."""
        crew = self._session.start()
        try:
            if weak := _weak(self._session, crew):
                warnings.warn(weak, IsolationWarning, stacklevel=2)
        except IsolationWarning:
            self._session.end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End every process, whatever it is doing."""
        self._session.end()

    def judge(self, source: str | bytes, name: str = _NAME) -> Report:
        """The report on one submission. Whatever it is and does is a verdict, never an exception.

        Raises `UsageError` outside of the `with` block.
        """
        return self._session.judge(Asked.of(source, name))

    def judge_many(
        self, sources: Iterable[Source], jobs: int | None = None
    ) -> Generator[Report, None, None]:
        """A report for each source, as soon as it is there, told apart by their names.

        A source without a name is `submission 1` when it is the first of all, and so on. Sources
        are taken one by one, few more than are being judged; what taking one raises is raised.
        Closing the iterator ends what is left. Raises `UsageError` as `judge` does.
        """
        return self._session.judge_many(_asked(sources), checked(jobs, self._session.jobs))


class AsyncJudge:
    """A `Judge` for a program with an event loop, which it never blocks. Use it with `async with`.

    At most `jobs` of the judgements that are awaited at once run at a time; what is cancelled is
    ended before the cancellation goes on.
    """

    def __init__(
        self,
        problem: str | Path | Problem,
        isolation: str | None = None,
        jobs: int | None = None,
    ) -> None:
        self._session = Session.of(problem, isolation, jobs)
        self._slots = asyncio.Semaphore()

    async def __aenter__(self) -> Self:
        """Start a process, and wait until it can judge."""
        try:
            crew = await _whole(self._session.start)
            self._slots = asyncio.Semaphore(self._session.jobs)  # of this loop
            if weak := _weak(self._session, crew):
                warnings.warn(weak, IsolationWarning, stacklevel=2)
        except (asyncio.CancelledError, IsolationWarning):
            await _whole(self._session.end)
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End every process, whatever it is doing."""
        await _whole(self._session.end)

    async def judge(self, source: str | bytes, name: str = _NAME) -> Report:
        """What `Judge.judge` gives."""
        asked, crew, round = Asked.of(source, name), self._session.crew, Round()
        async with self._slots:
            try:
                answer = await asyncio.wrap_future(crew.submit(asked, round))
            except asyncio.CancelledError:
                await _whole(lambda: crew.give_up(round))
                raise
        return self._session.read(*answer)

    def judge_many(
        self, sources: Iterable[Source] | AsyncIterable[Source], jobs: int | None = None
    ) -> AsyncGenerator[Report, None]:
        """What `Judge.judge_many` gives, of sources that may have to be awaited."""
        most = checked(jobs, self._session.jobs)
        return self._reports(self._session.crew, _asked_in_time(sources), most)

    async def _reports(
        self, crew: Crew, questions: AsyncIterator[Asked], jobs: int
    ) -> AsyncGenerator[Report, None]:
        crew.widen(jobs)
        round = Round(jobs)
        owed: set[asyncio.Future[tuple[Asked, Document]]] = set()
        try:
            async for question in questions:
                owed.add(asyncio.wrap_future(crew.submit(question, round)))
                while len(owed) >= AHEAD * jobs or any(answer.done() for answer in owed):
                    yield self._session.read(*await _first(owed))
            while owed:
                yield self._session.read(*await _first(owed))
        finally:
            for answer in owed:
                answer.cancel()
            if owed:
                await _whole(lambda: crew.give_up(round, GRACE_SECONDS))


def _weak(session: Session, crew: Crew) -> str:
    """What to warn of: less isolation than there could be, when nobody has asked for it."""
    if session.isolation is not None or crew.level == LEVELS[-1]:
        return ""
    return weakness(crew.level, crew.missing)


def _asked(sources: Iterable[Source]) -> Iterator[Asked]:
    if isinstance(sources, (str, bytes, Submission)):
        raise UsageError("expected many sources, found one: give it to judge")
    if not isinstance(sources, Iterable):
        raise UsageError(f"expected many sources, found one {type(sources).__name__}")
    return (_numbered(source, number) for number, source in enumerate(sources, 1))


def _asked_in_time(sources: Iterable[Source] | AsyncIterable[Source]) -> AsyncIterator[Asked]:
    if isinstance(sources, AsyncIterable):
        return _awaited(sources)
    return _at_once(_asked(sources))


async def _awaited(sources: AsyncIterable[Source]) -> AsyncIterator[Asked]:
    number = 0
    async for source in sources:
        number += 1
        yield _numbered(source, number)


async def _at_once(asked: Iterator[Asked]) -> AsyncIterator[Asked]:
    for each in asked:
        yield each
        await asyncio.sleep(0)  # for what is done meanwhile to be seen


def _numbered(source: Source, number: int) -> Asked:
    if isinstance(source, Submission):
        return Asked.of(source.source, source.name)
    return Asked.of(source, f"{_NAME} {number}")


async def _first(owed: set[asyncio.Future[T]]) -> T:
    """Take one that is done, as soon as there is one."""
    done, _ = await asyncio.wait(owed, return_when=asyncio.FIRST_COMPLETED)
    found = done.pop()
    owed.remove(found)
    return found.result()


async def _whole(work: Callable[[], T]) -> T:
    """What blocking work gives, on a thread, and done before any cancellation goes on."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running])
        with suppress(Exception):
            running.result()
        raise
