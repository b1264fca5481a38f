"""Forks children on the judge's word, and tells the judge when one has ended."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.sandbox.cgroups import Groups
from harness.sandbox.child import confine, dialect, evaluate, serve
from harness.sandbox.child.confine import Plan

_DESCRIPTORS = 4
_MESSAGE = 1 << 12
_ANSWERS = 3
# How a process ends that gets no memory and does not expect that.
_FALLS = (1, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)
_RESIDENT_UNIT = 1 if sys.platform == "darwin" else 1 << 10


def serve_launches(
    control: socket.socket, plan: Plan, visible: tuple[Path, ...], groups: Groups | None
) -> None:
    """Say what isolation there is, then launch and end children until the judge hangs up."""
    known = dialect.known_primitives()
    nursery = Nursery(control, plan, visible, known, groups)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    level, mechanisms = plan.level.name.lower(), plan.mechanisms()
    ready = {"level": level, "mechanisms": mechanisms, "missing": dict(plan.missing)}
    with contextlib.suppress(OSError):  # a judge that hung up already is noticed below
        control.send(json.dumps({"ready": ready}).encode())
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        listening = True
        while listening:
            events = [key.fileobj for key, _ in selector.select()]
            if woken in events:
                os.read(woken, _MESSAGE)
            nursery.reap()
            if control in events:
                listening = nursery.obey()
    nursery.close()


@dataclass(frozen=True, slots=True)
class Child:
    """A process, and the bytes of memory it may take."""

    pid: int
    memory: float

    def fell(self, code: int, used: resource.struct_rusage) -> bool:
        """Whether it ended as one does that gets no more memory, when it had about all it may.

        What is resident is a little less than what is counted against the limit.
        """
        return code in _FALLS and used.ru_maxrss * _RESIDENT_UNIT >= 7 / 8 * self.memory


@dataclass(slots=True)
class Nursery:
    """The children that run, by the judge's numbers."""

    control: socket.socket
    plan: Plan
    visible: tuple[Path, ...]
    known: Mapping[int, str]
    groups: Groups | None = None
    children: dict[int, Child] = field(default_factory=dict)

    def obey(self) -> bool:
        """Carry out one message of the judge's; False when it hung up."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self.control, _MESSAGE, _DESCRIPTORS)
        except ConnectionResetError:  # it was killed before it had read all there is
            return False
        if not data:
            return False
        message = json.loads(data)
        if "kill" in message:
            child = self.children.get(message["kill"])
            _kill(child.pid if child else None)
            return True
        pid = os.fork()
        if pid == 0:
            self._live(message, descriptors)
        self.children[message["launch"]] = Child(pid, message["limits"]["memory"])
        for descriptor in descriptors:
            os.close(descriptor)
        return True

    def reap(self) -> None:
        """Tell the judge of every child that has ended, and collect what it left behind."""
        while True:
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            number = next((n for n, child in self.children.items() if child.pid == pid), None)
            if number is not None:
                _kill(pid)
                child = self.children.pop(number)
                code = os.waitstatus_to_exitcode(status)
                starved = self._collect(number, code) or child.fell(code, used)
                ended = {"ended": number, "code": code, "starved": starved}
                with contextlib.suppress(OSError):
                    self.control.send(json.dumps(ended).encode())

    def close(self) -> None:
        """End every child."""
        for child in self.children.values():
            _kill(child.pid)

    def _collect(self, number: int, code: int) -> bool:
        """Remove the group of a child; whether it was ended for want of memory."""
        if self.groups is None:
            return False
        starved = code == -signal.SIGKILL and self.groups.starved(number)
        self.groups.end(number)
        return starved

    def _live(self, message: dict[str, Any], descriptors: list[int]) -> None:
        """The life of a child; it never returns."""
        try:
            confine.keep_to(message["processors"])
            refused = self._group(message)
            _leave_parent(descriptors)
            work = confine.private_folders(self.plan, Path(message["work"]))
            confine.set_limits(message["limits"])

            def enter_box() -> None:
                if refused is not None:
                    raise refused
                confine.confine(self.plan, work, self.visible)

            if message["role"] == "evaluate":
                enter_box()
                evaluate.evaluate(0, _ANSWERS)
            else:
                serve.serve(0, _ANSWERS, self.known, work, enter_box)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
        finally:
            os._exit(1)

    def _group(self, message: dict[str, Any]) -> OSError | None:
        """Move into a group while it can still be reached; what was in the way of that."""
        try:
            if self.groups is not None:
                memory = message["limits"]["memory"]
                confine.enter_group(self.groups, message["launch"], memory)
        except OSError as error:
            return error
        return None


def _leave_parent(descriptors: list[int]) -> None:
    """Leave the parent's session, descriptors and signal handling behind."""
    os.setsid()
    confine.die_with_parent()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    high = []
    for descriptor in descriptors:
        while descriptor <= _ANSWERS:
            descriptor = os.dup(descriptor)
        high.append(descriptor)
    for target, descriptor in enumerate(high):
        os.dup2(descriptor, target)
    os.closerange(_ANSWERS + 1, max(high) + 256)


def _kill(pid: int | None) -> None:
    if pid is not None:
        for end in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                end(pid, signal.SIGKILL)
