"""Runs something in a forked process, for what cannot be undone in this one."""

from __future__ import annotations

import errno
import json
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: a value, or the name of the error, or the signal that ended it."""

    value: Any = None
    error: str = ""
    signal: int = 0


def forked(*actions: Callable[[], object]) -> Outcome:
    """The outcome of the last action, after the others, in a process of its own."""
    read, write = os.pipe()
    with warnings.catch_warnings():  # about threads, which the new process does not use
        warnings.simplefilter("ignore")
        pid = os.fork()
    if pid == 0:
        _run(actions, write)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        text = answer.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return Outcome(**json.loads(text)) if text else Outcome(signal=-code)


def _run(actions: tuple[Callable[[], object], ...], write: int) -> None:
    """Never returns. What goes wrong before the last action is told as such."""
    stage, answer = "setup", {}
    try:
        for action in actions[:-1]:
            action()
        stage = "attempt"
        answer = {"value": actions[-1]()}
    except OSError as error:
        name = errno.errorcode.get(error.errno or 0, str(error))
        answer = {"error": name if stage == "attempt" else f"{stage}: {error}"}
    except BaseException as error:
        answer = {"error": f"{stage}: {type(error).__name__}: {error}"}
    finally:
        os.write(write, json.dumps(answer).encode())
        os._exit(0)
