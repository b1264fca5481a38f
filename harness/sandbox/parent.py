"""The warm parent: one process that has imported JAX and forks a fresh child per submission."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from harness.sandbox import cgroups, folders, seats
from harness.sandbox.seats import Seat

_MESSAGE = 1 << 12
End = Callable[[int | None, bool], None]


class ParentDied(Exception):
    """The warm parent ended before it was ready."""


@dataclass(frozen=True, slots=True)
class Isolation:
    """What children are put under: `missing` says why other mechanisms are not in force."""

    level: str
    mechanisms: Sequence[str]
    missing: Mapping[str, str]


@dataclass(slots=True)
class WarmParent:
    """A running warm parent. Children are numbered; `launch` tells when one has ended."""

    folder: Path
    isolation: Future[Isolation]
    _process: subprocess.Popen[bytes]
    _control: socket.socket
    _held: int
    _ends: dict[int, tuple[End, Seat]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _count: int = 0
    _thread: threading.Thread | None = None
    _gone: bool = False

    @classmethod
    def start(cls, most: str = "strict", *, warm: bool = False) -> WarmParent:
        """Start the process and return at once, while it imports JAX; raises `OSError`.

        `most` is the strongest isolation to go for: none, basic or strict. A `warm` one imports and
        traces beforehand what children would do one by one.
        """
        folder, held = folders.make()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            temperature = "warm" if warm else "cold"
            arguments = [str(theirs.fileno()), most, str(folder), temperature]
            try:
                process = _spawn(folder, theirs.fileno(), arguments)
            except OSError:
                ours.close()
                folders.remove(folder)
                os.close(held)
                raise
        parent = cls(folder, Future(), process, ours, held)
        parent._thread = threading.Thread(target=parent._listen, daemon=True)
        parent._thread.start()
        return parent

    def launch(
        self,
        role: str,
        limits: Mapping[str, float],
        work: Path,
        descriptors: Sequence[int],
        end: End,
    ) -> int:
        """Fork a child with stdin, stdout, stderr and the pipe for answers; return its number.

        `role` is `serve` for a submission, `evaluate` for an oracle.

        `end` gets the child's exit code (negative for a signal), or None when the parent itself
        died, and whether it was ended for want of memory, on a thread of the judge's.
        """
        seat = seats.take()
        with self._lock:
            self._count += 1
            number = self._count
            self._ends[number] = (end, seat)
            gone = self._gone
        message = {
            "launch": number,
            "role": role,
            "limits": dict(limits),
            "work": str(work),
            "processors": list(seat.processors),
        }
        try:
            if not gone:
                socket.send_fds(self._control, [json.dumps(message).encode()], list(descriptors))
        except OSError:
            gone = True
        if gone:
            self._finish(number, None, False)
        return number

    def kill(self, number: int) -> None:
        """End a child and its process group, if it still runs."""
        with contextlib.suppress(OSError):
            self._control.send(json.dumps({"kill": number}).encode())

    def abandon(self) -> None:
        """End a parent that no longer does what it is told, such as one that was stopped."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the parent and every child of it."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._thread is not None:
            self._thread.join()
        self._control.close()
        cgroups.clear(awaited=self._process.pid)
        folders.remove(self.folder)
        os.close(self._held)

    @property
    def gone(self) -> bool:
        """Whether the process has ended."""
        return self._gone

    def _listen(self) -> None:
        folders.clear()
        while True:
            try:
                data = self._control.recv(_MESSAGE)
            except OSError:
                data = b""
            if not data:
                break
            message = json.loads(data)
            if "ready" in message:
                self.isolation.set_result(Isolation(**message["ready"]))
            else:
                self._finish(message["ended"], message["code"], message["starved"])
        if not self.isolation.done():
            self.isolation.set_exception(ParentDied("the process that runs submissions died"))
        with self._lock:
            self._gone = True
            left = list(self._ends)
        for number in left:
            self._finish(number, None, False)

    def _finish(self, number: int, code: int | None, starved: bool) -> None:
        with self._lock:
            ended = self._ends.pop(number, None)
        if ended is not None:
            end, seat = ended
            seat.leave()
            end(code, starved)


def _spawn(folder: Path, control: int, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "harness.sandbox.child", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors(),
        pass_fds=[control],
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
    )


def errors() -> int | None:
    """Where a process writes its errors: to those of this one, or nowhere when it has none."""
    with contextlib.suppress(OSError):
        if os.get_inheritable(2):  # unlike what was opened since in the place of standard error
            return None
    return subprocess.DEVNULL


def environment(home: Path) -> dict[str, str]:
    """All a child gets to know of its surroundings."""
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "JAX_PLATFORMS": "cpu",
        "JAX_ENABLE_COMPILATION_CACHE": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
