"""One worker process: greeted once, then asked one question after another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from harness.errors import Diagnostic, MachineError, ProblemError
from harness.grading.question import Question
from harness.grading.terms import Terms
from harness.sandbox.parent import errors

_PATIENCE_SECONDS = 10.0
Document = Mapping[str, Any]


class WorkerDied(Exception):
    """A worker process ended before it had answered."""

    def __str__(self) -> str:
        return "the process that judges was ended from outside, or crashed"


@dataclass(slots=True, eq=False)
class Hand:
    """A worker process that one thread at a time asks, and any thread may stop."""

    _process: subprocess.Popen[bytes]
    _ready: Document | None = None
    _stopped: bool = False
    _asking: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def start(cls, terms: Terms, folder: str) -> Hand:
        """Start a worker whose temporary files go to a folder; raises `OSError`."""
        # Isolated, Python does not import a submission that is called, say, json.py.
        command = [sys.executable, "-I", "-m", "harness.grading.worker", terms.text]
        return cls(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors(),
                env={**os.environ, "TMPDIR": folder},
                start_new_session=True,
            )
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether there is somebody to ask."""
        return not self._stopped and self._process.poll() is None

    def greet(self) -> Document:
        """What isolation there is, waiting until the worker can say it.

        Raises `MachineError` or `ProblemError` when it cannot judge, `WorkerDied`.
        """
        if self._ready is None:
            with self._asking:
                said = self._answer()
            if "failed" in said:
                raise _failure(said)
            self._ready = said
        return self._ready

    def ask(self, question: Question) -> Document:
        """The document that answers a question; raises what `greet` raises, and `OSError`."""
        self.greet()
        with self._asking:
            assert self._process.stdin is not None
            self._process.stdin.write(question.text.encode() + b"\n")
            self._process.stdin.flush()
            return self._answer()

    def stop(self) -> None:
        """Tell the process to end, whatever it is doing, without waiting for that."""
        self._stopped = True
        self._process.terminate()

    def close(self) -> None:
        """Wait for a process that was stopped, and let go of it."""
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        with self._asking:  # who was waiting for an answer has been told by now
            for pipe in filter(None, (self._process.stdin, self._process.stdout)):
                with suppress(BrokenPipeError):  # for a question that was not read any more
                    pipe.close()

    def _answer(self) -> Document:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise WorkerDied
        return cast(Document, json.loads(line))


def _failure(said: Document) -> MachineError | ProblemError:
    if not said["diagnostics"]:
        return MachineError(said["failed"])
    return ProblemError(
        Diagnostic(**{**found, "file": Path(found["file"])}) for found in said["diagnostics"]
    )
