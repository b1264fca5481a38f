from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graders.subject import Failure, FailureKind
from harness.sandbox.parent import WarmParent, environment
from harness.sandbox.subject import SandboxedSubject
from tests.harness.sandbox.conftest import JOB, LIMITS, Ask, put

HONEST = "def f(x):\n    return x + x\n"
ENDLESS = "while True: pass"


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def offspring(pid: int) -> set[int]:
    """Ids of a process's living descendants."""
    found: set[int] = set()
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = {int(child) for child in tasks.read_text().split()}
        except OSError:
            continue
        found |= children
        for child in children:
            found |= offspring(child)
    return found


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_many_submissions_leave_nothing_behind(own_parent: WarmParent) -> None:
    def held() -> tuple[int, int, int, int]:
        return (
            len(os.listdir("/proc/self/fd")),
            threading.active_count(),
            len(list(own_parent.folder.iterdir())),
            len(offspring(own_parent_pid)),
        )

    (own_parent_pid,) = [pid for pid in offspring(os.getpid()) if _works_in(pid, own_parent.folder)]
    put(own_parent, HONEST)
    assert until(lambda: not offspring(own_parent_pid))
    before = held()
    for source in (HONEST, "import os; os._exit(0)", "raise ValueError", "import os; os.abort()"):
        for _ in range(5):
            put(own_parent, source)
    assert until(lambda: held() == before), (held(), before)


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == folder
    except OSError:
        return False


def test_closing_ends_children_that_run_and_removes_the_folder() -> None:
    before = offspring(os.getpid())
    parent = WarmParent.start()
    subject = SandboxedSubject(parent, LIMITS)
    subject.submit(ENDLESS.encode(), "my.py", JOB)
    time.sleep(0.5)
    started = offspring(os.getpid()) - before
    parent.close()
    outcome = subject.traces()
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.MACHINE
    subject.close()
    assert not parent.folder.exists()
    assert started
    assert until(lambda: not any(alive(pid) for pid in started))


def test_what_a_submission_forked_is_gone_after_it(ask: Ask) -> None:
    answer = ask(
        """
        import os, time
        for _ in range(3):
            if os.fork() == 0:
                time.sleep(600)
                os._exit(0)
        def f(x): return x
        """
    )
    if isinstance(answer.runs, Failure):  # where a box forbids processes
        assert answer.kind in (FailureKind.RAISED, FailureKind.CRASHED)
    left = {pid for pid in offspring(os.getpid()) if _sleeps_long(pid)}
    assert until(lambda: not any(alive(pid) for pid in left))


def _sleeps_long(pid: int) -> bool:
    return "/child-" in os.readlink(f"/proc/{pid}/cwd") if alive(pid) else False


def test_a_submission_does_not_see_the_one_before(ask: Ask) -> None:
    ask(
        """
        import builtins, jax, os
        builtins.stolen = jax.stolen = os.environ['STOLEN'] = 'yes'
        open('left', 'w').write('behind')
        def f(x): return x
        """
    )
    answer = ask(
        """
        import builtins, jax, os
        print(hasattr(builtins, 'stolen'), hasattr(jax, 'stolen'), 'STOLEN' in os.environ,
              os.path.exists('left'))
        def f(x): return x
        """
    )
    assert answer.output[0].split() == ["False"] * 4


def test_two_threads_may_use_one_parent(warm_parent: WarmParent) -> None:
    found: dict[int, str] = {}

    def work(number: int) -> None:
        for _ in range(3):
            answer = put(warm_parent, f"print({number})\ndef f(x): return x + {number}")
            assert not isinstance(answer.runs, Failure)
            found[number] = found.get(number, "") + answer.output[0].strip()

    threads = [threading.Thread(target=work, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {1: "111", 2: "222"}


def test_a_parent_that_dies_is_the_machines_failure(own_parent: WarmParent) -> None:
    (pid,) = [pid for pid in offspring(os.getpid()) if _works_in(pid, own_parent.folder)]
    subject = SandboxedSubject(own_parent, LIMITS)
    subject.submit(ENDLESS.encode(), "my.py", JOB)
    assert until(lambda: bool(offspring(pid)))
    children = offspring(pid)
    os.kill(pid, signal.SIGKILL)
    outcome = subject.traces()
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.MACHINE
    subject.close()
    assert until(lambda: not any(alive(child) for child in children))
    started = time.monotonic()
    for _ in range(3):
        assert put(own_parent, HONEST).kind is FailureKind.MACHINE
    assert time.monotonic() - started < 5


def test_a_parent_that_does_not_answer_is_killed() -> None:
    parent = WarmParent.start()
    put(parent, HONEST)
    (pid,) = [pid for pid in offspring(os.getpid()) if _works_in(pid, parent.folder)]
    os.kill(pid, signal.SIGSTOP)
    parent.close()
    assert not alive(pid)
    assert not parent.folder.exists()


def test_a_child_gets_to_know_hardly_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAX_ENABLE_X64", "1")
    monkeypatch.setenv("API_KEY", "secret")
    found = environment(tmp_path)
    assert "secret" not in str(found)
    assert "JAX_ENABLE_X64" not in found
    assert found["HOME"] == found["TMPDIR"] == str(tmp_path)
    assert found["JAX_PLATFORMS"] == "cpu"


def test_a_process_that_cannot_start_is_an_os_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(OSError, match="no more processes"):
        WarmParent.start()
