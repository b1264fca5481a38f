"""The warm parent: imports JAX, then forks one child for each launch it is told of."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
from dataclasses import dataclass, field
from typing import Any

from harness.sandbox.child import confine

_DESCRIPTORS = 4
_MESSAGE = 1 << 12


@dataclass(slots=True)
class Nursery:
    """The children that run, by the judge's number and by process id."""

    control: socket.socket
    pids: dict[int, int] = field(default_factory=dict)

    def reap(self) -> None:
        """Tell the judge of every child that has ended."""
        while self.pids:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            number = next((n for n, p in self.pids.items() if p == pid), None)
            if number is not None:
                _kill(pid)
                del self.pids[number]
                code = os.waitstatus_to_exitcode(status)
                self.control.send(json.dumps({"ended": number, "code": code}).encode())

    def close(self) -> None:
        """End every child."""
        for pid in self.pids.values():
            _kill(pid)


def main() -> None:
    """Serve launches from the control socket whose descriptor is the only argument."""
    confine.die_with_parent()
    control = socket.socket(fileno=int(sys.argv[1]))
    from harness.sandbox.child import dialect, evaluate, serve

    known = dialect.known_primitives()
    gc.collect()
    gc.freeze()
    nursery = Nursery(control)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            events = [key.fileobj for key, _ in selector.select()]
            if woken in events:
                os.read(woken, _MESSAGE)
            nursery.reap()
            if control in events:
                data, descriptors, _, _ = socket.recv_fds(control, _MESSAGE, _DESCRIPTORS)
                if not data:
                    break
                message = json.loads(data)
                if "kill" in message:
                    _kill(nursery.pids.get(message["kill"]))
                    continue
                pid = os.fork()
                if pid == 0:
                    _become_child(message, descriptors)
                    if message["role"] == "evaluate":
                        evaluate.evaluate(0, 3)
                    else:
                        serve.serve(0, 3, known)
                    _leave()
                nursery.pids[message["launch"]] = pid
                for descriptor in descriptors:
                    os.close(descriptor)
    nursery.close()


def _become_child(message: dict[str, Any], descriptors: list[int]) -> None:
    """Leave everything of the parent's behind: session, descriptors, signal handling."""
    os.setsid()
    confine.die_with_parent()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    high = [os.dup(descriptor) for descriptor in descriptors]
    kept = [os.dup2(descriptor, target) for target, descriptor in enumerate(_above(high))]
    os.closerange(len(kept), max([*high, *descriptors]) + 64)
    os.chdir(message["work"])
    os.environ["HOME"] = os.environ["TMPDIR"] = message["work"]
    confine.apply(message["limits"])


def _above(descriptors: list[int]) -> list[int]:
    """The same descriptors out of the way of those they will be copied to."""
    result = []
    for descriptor in descriptors:
        while descriptor < _DESCRIPTORS:
            descriptor = os.dup(descriptor)
        result.append(descriptor)
    return result


def _leave() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _kill(pid: int | None) -> None:
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
