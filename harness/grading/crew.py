"""Several worker processes, fed with files until there are none left."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, Self, cast

from harness.errors import MachineError
from harness.grading.terms import DEFAULT, Terms
from harness.report import jsondoc
from harness.report.document import Ungraded

_PATIENCE_SECONDS = 10.0
Document = Mapping[str, Any]


class WorkerDied(Exception):
    """A worker process ended before it had answered."""

    def __str__(self) -> str:
        return "the process that judges was ended from outside, or crashed"


@dataclass(slots=True)
class Crew:
    """Worker processes, each with a warm judge of its own. Use it as a context manager.

    Entering starts the processes and waits for the first to be ready.
    """

    size: int
    terms: Terms = DEFAULT
    level: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    _folder: str = ""
    _processes: list[subprocess.Popen[bytes] | None] = field(default_factory=list)
    _greeted: set[int] = field(default_factory=set)
    _threads: list[threading.Thread] = field(default_factory=list)
    _stopping: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Start; raises `MachineError` when the machine cannot judge, or not as required."""
        # Temporary files of the workers go here: it can be removed even when one was killed.
        self._folder = tempfile.mkdtemp(prefix="jaxjudge-grade-")
        self._processes = [None] * self.size
        try:
            for number in range(self.size):
                self._start(number)
            ready = self._ready(0)
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
        """End every process, whatever it is doing, and remove what it left."""
        with _undisturbed():
            self._end()

    def _end(self) -> None:
        with self._lock:
            self._stopping = True
            running = [process for process in self._processes if process is not None]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        for thread in self._threads:
            thread.join()
        for process in running:
            _close(process)
        shutil.rmtree(self._folder, ignore_errors=True)

    def grade(self, paths: Sequence[str]) -> Iterator[Document]:
        """A document for each file, in the order in which they are done."""
        left: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        for path in [*paths, *[None] * self.size]:
            left.put(path)
        done: queue.SimpleQueue[Document] = queue.SimpleQueue()
        for number in range(self.size):
            thread = threading.Thread(target=self._work, args=(number, left, done), daemon=True)
            self._threads.append(thread)
            thread.start()
        for _ in paths:
            yield done.get()

    def _work(
        self,
        number: int,
        left: queue.SimpleQueue[str | None],
        done: queue.SimpleQueue[Document],
    ) -> None:
        while (path := left.get()) is not None and not self._stopping:
            try:
                if number not in self._greeted:
                    self._ready(number)
                done.put(self._ask(number, path))
            except (OSError, WorkerDied, MachineError) as error:
                message = str(WorkerDied() if isinstance(error, OSError) else error)
                done.put(jsondoc.ungraded(Ungraded(path, "judge", message)))
                self._replace(number)

    def _start(self, number: int) -> None:
        # Isolated, Python does not import a submission that is called, say, json.py.
        command = [sys.executable, "-I", "-m", "harness.grading.worker"]
        with self._lock:
            if self._stopping:
                return
            self._processes[number] = subprocess.Popen(
                [*command, self.terms.text],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "TMPDIR": self._folder},
                start_new_session=True,
            )

    def _replace(self, number: int) -> None:
        process = self._processes[number]
        if process is None or self._stopping:
            return
        self._greeted.discard(number)
        process.kill()
        process.wait()
        _close(process)
        self._start(number)

    def _ready(self, number: int) -> Document:
        said = self._answer(number)
        if "failed" in said:
            raise MachineError(said["failed"])
        self._greeted.add(number)
        return said

    def _ask(self, number: int, path: str) -> Document:
        _, questions = self._pipes(number)
        questions.write(json.dumps(path).encode() + b"\n")
        questions.flush()
        return self._answer(number)

    def _answer(self, number: int) -> Document:
        line = self._pipes(number)[0].readline()
        if not line.endswith(b"\n"):
            raise WorkerDied
        return cast(Document, json.loads(line))

    def _pipes(self, number: int) -> tuple[IO[bytes], IO[bytes]]:
        process = self._processes[number]
        assert process is not None
        assert process.stdout is not None
        assert process.stdin is not None
        return process.stdout, process.stdin


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # for a question that was not read any more
                pipe.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no second Ctrl-C interrupt the cleaning up after the first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = {n: signal.signal(n, signal.SIG_IGN) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
