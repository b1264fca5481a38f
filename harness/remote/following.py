"""Waits for the verdict on a submission: by its events, or by asking where there are none."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from harness.errors import JudgeError, MachineError
from harness.remote.client import Client, path
from harness.remote.progress import Progress
from harness.remote.shapes import Handed, fit, waiting

_PATIENCE = 300.0
_PAUSES = (0.2, 0.5, 1.0, 2.0, 3.0)


def look(client: Client, id: str) -> Handed:
    """A submission as it is now; raises as `Client.get` does."""
    return fit(client.url, Handed, client.get(path("submissions", id)))


def follow(client: Client, id: str, progress: Progress) -> Handed:
    """A submission that has its verdict, waited for; raises as `Client.get` does.

    A server that cannot be reached for a while is waited for too. Whatever ends the waiting, what
    is said tells how to see the submission, which goes on.
    """
    patient = replace(client, patience=_PATIENCE, notice=progress.note)
    with _goes_on(id, progress):
        last, failed = "", 0
        while True:
            before = last
            last = _events(patient, id, last, progress)
            handed = look(patient, id)
            if handed.settled:
                return handed
            progress.show(handed.told)
            failed = 0 if last != before else failed + 1
            time.sleep(_PAUSES[min(failed, len(_PAUSES) - 1)])


def _events(client: Client, id: str, last: str, progress: Progress) -> str:
    """Show what happens until there is a verdict or the events end; the id of the last one.

    What keeps events from coming is told by whoever asks next.
    """
    with suppress(JudgeError), client.events(path("submissions", id, "events"), last) as events:
        for event in events:
            last = event.id or last
            state, ahead, step = _state(event.event, event.data)
            if state in ("done", "dead"):
                break
            if state:
                progress.show(waiting(state, ahead, step))
    return last


def _state(kind: str, data: str) -> tuple[str, int | None, str]:
    """The state that an event tells of, how many wait before it, and the step of its judging.

    The state is empty for another event, and so is the step where there is none.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = None
    known = document if isinstance(document, dict) else {}
    state, ahead = known.get("state", kind), known.get("ahead")
    shown = state if state in ("queued", "running", "done", "dead") else ""
    step = known.get("step")
    return shown, ahead if isinstance(ahead, int) else None, step if isinstance(step, str) else ""


@contextmanager
def _goes_on(id: str, progress: Progress) -> Iterator[None]:
    """Say how to see a submission that is not waited for any longer."""
    how = f"the submission goes on, see it with: jaxjudge status {id}"
    try:
        yield
    except MachineError as error:
        raise MachineError(f"{error}; {how}") from None
    except (KeyboardInterrupt, SystemExit):
        progress.note(how)
        raise
    finally:
        progress.clear()
