"""One child process: fed a request, read until it ends, and always gone afterwards."""

from __future__ import annotations

import os
import selectors
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from harness.sandbox.folders import remove
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent

_CHUNK = 1 << 16
_GRACE_SECONDS = 2.0
_OBEY_SECONDS = 5.0


class End(StrEnum):
    """How a child came to its end."""

    EXIT = "exit"
    SIGNAL = "signal"
    TIME = "time"
    CPU = "cpu"
    MEMORY = "memory"
    OUTPUT = "output"
    STOPPED = "stopped"
    PARENT = "parent"


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a child: how, and the exit code or the number of the signal."""

    how: End
    code: int


@dataclass(slots=True)
class Child:
    """A child of a warm parent. Start it once; callbacks run on its reader's thread."""

    parent: WarmParent
    limits: ChildLimits
    folder: Path = field(init=False)
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    flooded: bool = False
    _number: int = 0
    _code: int | None = None
    _starved: bool = False
    _over: threading.Event = field(default_factory=threading.Event)
    _pipes: dict[str, int] = field(default_factory=dict)
    _thread: threading.Thread | None = None

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="child-", dir=self.parent.folder))

    def start(
        self, request: bytes, answer: Callable[[bytes], bool], end: Callable[[Ended], None]
    ) -> None:
        """Fork the child, send its request, pass its answers to `answer` until that is False.

        `end` is called once, with how the child ended; raises `OSError` when there are no pipes.
        """
        theirs: list[int] = []
        try:
            self._open(theirs)
            self._number = self.parent.launch(
                "serve", self.limits.applied(), self.folder, theirs, self._ended
            )
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        self._thread = threading.Thread(target=self._run, args=(request, answer, end), daemon=True)
        self._thread.start()

    def _open(self, theirs: list[int]) -> None:
        """Open all pipes; the child's ends are added to `theirs` one by one."""
        for name in ("stdin", "stdout", "stderr", "answers"):
            read, write = os.pipe()
            ours, other = (write, read) if name == "stdin" else (read, write)
            self._pipes[name] = ours
            theirs.append(other)
        self._pipes["stopped"], self._pipes["stop"] = os.pipe()

    def close(self) -> None:
        """Stop the child if it still runs, and remove everything it left."""
        if self._thread is not None:
            os.write(self._pipes["stop"], b"x")
            self._thread.join()
        for descriptor in self._pipes.values():
            os.close(descriptor)
        self._pipes = {}
        remove(self.folder)

    def _ended(self, code: int | None, starved: bool) -> None:
        self._code, self._starved = code, starved
        self._over.set()

    def _run(
        self, request: bytes, answer: Callable[[bytes], bool], end: Callable[[Ended], None]
    ) -> None:
        how = self._watch(request, answer)
        if how is not End.EXIT or not self._over.wait(_GRACE_SECONDS):
            self.parent.kill(self._number)
        if not self._over.wait(_OBEY_SECONDS):
            self.parent.abandon()
            self._over.wait()
        code = self._code
        if code is None and how is End.EXIT:
            how = End.PARENT
        elif self._starved and how is End.EXIT:
            how = End.MEMORY
        elif code is not None and code < 0 and how is End.EXIT:
            how = End.CPU if -code == signal.SIGXCPU else End.SIGNAL
        end(Ended(how, abs(code or 0)))

    def _watch(self, request: bytes, answer: Callable[[bytes], bool]) -> End:
        deadline = time.monotonic() + self.limits.wall_seconds
        left = memoryview(request)
        os.set_blocking(self._pipes["stdin"], False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipes["stdin"], selectors.EVENT_WRITE, "stdin")
            for name in ("stdout", "stderr", "answers", "stopped"):
                selector.register(self._pipes[name], selectors.EVENT_READ, name)
            while (seconds := deadline - time.monotonic()) > 0:
                for key, _ in selector.select(seconds):
                    if key.data == "stopped":
                        return End.STOPPED
                    if key.data == "stdin":
                        left = self._feed(selector, left)
                    elif key.data == "answers":
                        data = os.read(key.fd, _CHUNK)
                        if not data or not answer(data):
                            return self._drained()
                    elif not self._capture(key.data, selector):
                        return End.OUTPUT
        return End.TIME

    def _feed(self, selector: selectors.BaseSelector, left: memoryview) -> memoryview:
        descriptor = self._pipes["stdin"]
        try:
            left = left[os.write(descriptor, left) :]
        except BrokenPipeError:
            left = left[:0]
        if not left:
            selector.unregister(descriptor)
            os.close(self._pipes.pop("stdin"))
        return left

    def _capture(self, name: str, selector: selectors.BaseSelector | None = None) -> bool:
        """Read once from a captured stream; False when there is more than may be printed."""
        data = os.read(self._pipes[name], _CHUNK)
        if not data and selector is not None:
            selector.unregister(self._pipes[name])
        captured: bytearray = getattr(self, name)
        captured += data
        if len(captured) <= self.limits.output_bytes:
            return True
        del captured[self.limits.output_bytes :]
        self.flooded = True
        return False

    def _drained(self) -> End:
        """Take what was printed before the answers ended and is still in the pipes."""
        for name in ("stdout", "stderr"):
            before = -1
            os.set_blocking(self._pipes[name], False)
            captured: bytearray = getattr(self, name)
            try:
                while len(captured) > before:
                    before = len(captured)
                    if not self._capture(name):
                        return End.OUTPUT
            except BlockingIOError:
                continue
        return End.EXIT
