"""A server and its workers, as processes that can be killed."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.ci.offline import ROOT
from tests.postgresql import Cluster

_JUMP_SECONDS = 7200.0


@dataclass(slots=True)
class Member:
    """A process with a clock and a log of its own; when it is killed, a new one takes its place."""

    name: str
    order: dict[str, Any]
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def clock(self) -> Path:
        return self.folder / f"{self.name}.clock"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def set_clock(self, seconds: float) -> None:
        draft = self.clock.with_suffix(".new")
        draft.write_text(str(seconds))
        draft.rename(self.clock)

    def start(self) -> None:
        """Start, where it is not running."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            self._let_go()
        order = json.dumps({**self.order, "clock": str(self.clock)})
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.process", order],
                cwd=ROOT,
                stdin=subprocess.PIPE,  # it ends with whoever holds the other end
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal and wait for the end."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait()
        self._let_go()
        return code

    def _let_go(self) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.close()

    def children(self) -> list[int]:
        """The processes it has started."""
        assert self.process is not None
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text("ascii").split()]


@dataclass(slots=True)
class Fleet:
    """All that can fail: one web process, workers, perhaps a PostgreSQL. A context manager."""

    database: str
    folder: Path
    cluster: Cluster | None
    workers: int
    what: str
    lease: float
    port: int = field(default_factory=lambda: _free_port())
    members: list[Member] = field(init=False)
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        shared = {"database": self.database, "lease": self.lease, "port": self.port}
        names = ["web", *(f"worker{n}" for n in range(self.workers))]
        self.members = [
            Member(name, {**shared, "what": "web" if name == "web" else self.what}, self.folder)
            for name in names
        ]

    def __enter__(self) -> Self:
        for member in self.members:
            member.set_clock(0)
        self.repair()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for member in self.members:
            if member.process is not None:
                member.end()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def repair(self) -> None:
        """Let all be there that was killed."""
        if self.cluster is not None:
            self.cluster.start()
        for member in self.members:
            member.start()

    def await_answer(self, seconds: float) -> None:
        """Give the server some time to answer."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return

    def harm(self, kind: str, dice: random.Random) -> None:
        """Let something fail, by chance which; what failed before is there again, if not ready."""
        if kind == "clock":
            dice.choice(self.members).set_clock(dice.uniform(-_JUMP_SECONDS, _JUMP_SECONDS))
        else:
            self._kill(kind, dice)
        self.done.append(kind)

    def kinds(self) -> list[str]:
        """What can fail, what fails more often several times."""
        more = ["parent"] * 2 if self.what == "real" else []
        return ["worker", "worker", "web", "clock", "clock", *more, *self._databases()]

    def _databases(self) -> list[str]:
        return [] if self.cluster is None else ["postgresql"]

    def _kill(self, kind: str, dice: random.Random) -> None:
        if kind == "postgresql":
            assert self.cluster is not None
            self.cluster.kill()
            return
        member = self.members[0] if kind == "web" else dice.choice(self.members[1:])
        if kind != "parent":
            member.end()
            return
        for child in member.children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def logs(self) -> dict[str, str]:
        """What each process has written."""
        return {each.name: each.log.read_text("utf-8", "replace") for each in self.members}


def _free_port() -> int:
    """One that no client gets for its own end: it would talk to itself while no server is there."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
