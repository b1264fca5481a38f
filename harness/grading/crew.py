"""Several worker processes, for whoever has something to judge."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypeVar

from harness.errors import JudgeError, MachineError, UsageError
from harness.grading.hand import Document, Hand, WorkerDied
from harness.grading.question import Question
from harness.grading.terms import DEFAULT, Terms
from harness.report import jsondoc
from harness.report.document import Ungraded
from harness.sandbox import folders

MOST_JOBS = 256
AHEAD = 2  # questions waiting or judged, for each that may be judged at a time
GRACE_SECONDS = 1.0  # for what is nearly done: a worker that is ended takes longer to replace
Q = TypeVar("Q", bound=Question)
T = TypeVar("T")


class GivenUp(Exception):
    """Nobody waits for the answer any more."""


@dataclass(slots=True, eq=False)
class Round:
    """Questions that are given up together, and of which at most `jobs` are judged at a time."""

    jobs: int = 1
    over: bool = False
    hands: set[Hand] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class _Turn:
    """Somebody who waits for a worker."""

    round: Round


@dataclass(slots=True)
class Crew:
    """Worker processes, each with a warm judge of its own. Use it as a context manager.

    Entering starts `size` processes and waits for the first to be ready; one that dies costs the
    answer it owed, and is replaced when needed. Threads may share a crew.
    """

    size: int
    terms: Terms = DEFAULT
    level: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    _folder: str = ""
    _held: int = -1
    _hands: set[Hand] = field(default_factory=set)
    _free: list[Hand] = field(default_factory=list)
    _waiting: list[_Turn] = field(default_factory=list)
    _stopping: bool = False
    _owner: int = field(default_factory=os.getpid)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(MOST_JOBS))

    def __enter__(self) -> Self:
        """Start; raises `MachineError` when the machine cannot judge, or not as required.

        Raises `ProblemError` when the terms name a problem's version that has mistakes.
        """
        # Temporary files of the workers go here: it can be removed even when one was killed.
        folder, self._held = folders.make(folders.GRADE)
        self._folder = str(folder)
        try:
            self._free = [self._start() for _ in range(self.size)]
            folders.clear()  # while they start
            ready = self._free[0].greet()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            if isinstance(error, (OSError, WorkerDied)):
                raise MachineError(f"cannot start judging: {error}") from error
            raise
        self.level, self.missing = ready["level"], ready["missing"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End every process, whatever it is doing, and remove what it left.

        Does nothing in a process that was forked from the one that made this crew.
        """
        if self._owner != os.getpid():
            return
        with _undisturbed():
            with self._changed:
                self._stopping = True
                self._changed.notify_all()
                hands = tuple(self._hands)
            for hand in hands:
                hand.stop()
            for hand in hands:
                hand.close()
            self._threads.shutdown()
            shutil.rmtree(self._folder, ignore_errors=True)
            if self._held >= 0:
                os.close(self._held)
                self._held = -1

    def grade(self, paths: Iterable[str]) -> Iterator[Document]:
        """A document for each file, in the order in which they are done."""
        with closing(self.answers(map(Question, paths), self.size)) as answers:
            for _, document in answers:
                yield document

    def answers(
        self, questions: Iterable[Q], jobs: int
    ) -> Generator[tuple[Q, Document], None, None]:
        """Each question with its document, in the order in which they are done.

        Questions are taken one by one, few more than are being judged. Closing the iterator ends
        what is left. Raises what taking a question raises.
        """
        self._check()
        self.widen(jobs)
        round = Round(jobs)
        done: queue.SimpleQueue[Future[tuple[Q, Document]]] = queue.SimpleQueue()
        owed = 0
        try:
            for question in questions:
                self.submit(question, round).add_done_callback(done.put)
                owed += 1
                while owed >= AHEAD * jobs or not done.empty():
                    owed -= 1
                    yield self._taken(done)
            for _ in range(owed):
                yield self._taken(done)
        except BaseException as error:
            self.give_up(round, GRACE_SECONDS if isinstance(error, GeneratorExit) else 0)
            raise

    def _taken(self, done: queue.SimpleQueue[Future[T]]) -> T:
        """What is done next; in a process that was forked nothing would be, ever."""
        self._check()
        return done.get().result()

    def submit(self, question: Q, round: Round) -> Future[tuple[Q, Document]]:
        """The question and the document that answers it, as soon as a worker has time for it.

        What fails meanwhile is said in the document. The future raises `GivenUp` when the round is
        over, and `UsageError` when the crew is.
        """
        self._check()
        turn = _Turn(round)
        with self._changed:
            self._check()
            asked = self._threads.submit(lambda: (question, self._ask(question, turn)))
            self._waiting.append(turn)  # here and not on the thread: who asks first is first
        asked.add_done_callback(lambda _: self._leave(turn))  # it may not have begun
        return asked

    def _ask(self, question: Question, turn: _Turn) -> Document:
        try:
            hand = self._lease(turn)
        except OSError as error:
            return _ungraded(question, f"cannot start the process that judges: {error}")
        try:
            document = hand.ask(question)
            self._check()  # a worker that is being ended may still say what went wrong with that
            return document
        except BaseException as error:
            hand.stop()
            self._check()
            if isinstance(error, (OSError, WorkerDied, JudgeError)):
                message = str(WorkerDied() if isinstance(error, OSError) else error)
                return _ungraded(question, message)
            raise
        finally:
            self._give_back(hand, turn.round)

    def give_up(self, round: Round, grace: float = 0.0) -> None:
        """End what is left of a round, some seconds later where it may be done by then."""
        if self._owner != os.getpid():  # its processes, and whoever holds its lock, are elsewhere
            return
        with _undisturbed():
            with self._changed:
                round.over = True
                self._changed.notify_all()
                self._changed.wait_for(lambda: not round.hands, grace)
                left = tuple(round.hands)
                for hand in left:  # before any of them is given back, and to another round
                    hand.stop()
            for hand in left:
                hand.close()
            with self._changed:
                self._changed.wait_for(lambda: not (round.hands or self._awaited(round)))

    def widen(self, jobs: int) -> None:
        """Let there be as many processes as jobs, to be started when they are needed."""
        with self._changed:
            self.size = max(self.size, jobs)
            self._changed.notify_all()

    def _lease(self, turn: _Turn) -> Hand:
        """A worker to ask; who waits longest is first, unless its round has enough of them."""
        with self._changed:
            try:
                while True:
                    self._check()
                    if turn.round.over:
                        raise GivenUp
                    if self._next() is turn and (hand := self._idle()) is not None:
                        turn.round.hands.add(hand)
                        return hand
                    self._changed.wait()
            finally:
                self._leave(turn)

    def _leave(self, turn: _Turn) -> None:
        with self._changed:
            if turn in self._waiting:
                self._waiting.remove(turn)
                self._changed.notify_all()

    def _awaited(self, round: Round) -> bool:
        return any(turn.round is round for turn in self._waiting)

    def _next(self) -> _Turn | None:
        waiting = (turn for turn in self._waiting if len(turn.round.hands) < turn.round.jobs)
        return next(waiting, None)

    def _idle(self) -> Hand | None:
        """A worker without anything to do, started now if there may be more of them."""
        while self._free:
            hand = self._free.pop()
            if hand.alive:
                return hand
            hand.close()
            self._hands.discard(hand)
        return self._start() if len(self._hands) < self.size else None

    def _start(self) -> Hand:
        hand = Hand.start(self.terms, self._folder)
        self._hands.add(hand)
        return hand

    def _give_back(self, hand: Hand, round: Round) -> None:
        with self._changed:
            if hand.alive:
                self._free.append(hand)
                round.hands.discard(hand)
                self._changed.notify_all()
                return
        hand.close()  # who gives the round up waits for that too
        with self._changed:
            self._hands.discard(hand)
            round.hands.discard(hand)
            self._changed.notify_all()

    def _check(self) -> None:
        if self._owner != os.getpid():
            raise UsageError("the judge belongs to the process this one was forked from: make one")
        if self._stopping:
            raise UsageError("the judge has ended: ask it before its `with` block is left")


def _ungraded(question: Question, message: str) -> Document:
    return jsondoc.ungraded(Ungraded(question.name, "judge", message))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no second Ctrl-C interrupt the cleaning up after the first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    found = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    kept = {number: handler for number, handler in found.items() if handler is not None}
    for number in kept:  # a handler that is not Python's could not be put back
        signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
