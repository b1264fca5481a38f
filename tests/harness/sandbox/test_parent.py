from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graders.subject import Failure, FailureKind
from harness.sandbox import cgroups
from harness.sandbox.parent import ParentDied, WarmParent, environment
from harness.sandbox.subject import SandboxedSubject
from tests.harness.sandbox.conftest import (
    JOB,
    LIMITS,
    Ask,
    alive,
    children,
    needs_groups,
    offspring,
    patched_main,
    put,
    started,
    until,
)

HONEST = "def f(x):\n    return x + x\n"
ENDLESS = "while True: pass"


def test_many_submissions_leave_nothing_behind(own_parent: WarmParent) -> None:
    def held() -> tuple[int, int, int, int]:
        return (
            len(os.listdir("/proc/self/fd")),
            threading.active_count(),
            len(list(own_parent.folder.iterdir())),
            len(offspring(own_parent_pid)),
        )

    own_parent_pid = _pid(own_parent)
    resting = offspring(own_parent_pid)
    put(own_parent, HONEST)
    assert until(lambda: offspring(own_parent_pid) == resting)
    before = held()
    for source in (HONEST, "import os; os._exit(0)", "raise ValueError", "import os; os.abort()"):
        for _ in range(5):
            put(own_parent, source)
    assert until(lambda: held() == before), (held(), before)


def _pid(parent: WarmParent) -> int:
    """The process that was started, not the one it forked into the namespaces."""
    (found,) = [pid for pid in children(os.getpid()) if _works_in(pid, parent.folder)]
    return found


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == folder
    except OSError:
        return False


def test_closing_ends_children_that_run_and_removes_the_folder() -> None:
    before = offspring(os.getpid())
    parent = WarmParent.start()
    parent.isolation.result(60)
    ready = offspring(os.getpid())
    subject = SandboxedSubject(parent, LIMITS)
    subject.submit(ENDLESS.encode(), "my.py", JOB)
    assert until(lambda: bool(offspring(os.getpid()) - ready))
    started = offspring(os.getpid()) - before
    parent.close()
    outcome = subject.traces()
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.MACHINE
    subject.close()
    assert not parent.folder.exists()
    assert started
    assert until(lambda: not any(alive(pid) for pid in started))


_FORKING = """\
import os, time
for _ in range(3):
    pid = os.fork()
    if pid == 0:
        time.sleep(600)
        os._exit(0)
    print(pid, flush=True)
def f(x): return x
"""


def test_what_a_submission_forked_is_gone_after_it(open_parent: WarmParent) -> None:
    answer = put(open_parent, _FORKING)
    assert not isinstance(answer.runs, Failure)
    forked = [int(pid) for pid in answer.output[0].split()]
    assert len(forked) == 3
    assert until(lambda: not any(alive(pid) for pid in forked))


def test_in_the_box_a_submission_forks_nothing(ask: Ask) -> None:
    answer = ask(_FORKING)
    assert answer.kind is FailureKind.REFUSED
    assert answer.failure.where is not None
    assert answer.failure.where.source == "pid = os.fork()"


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
    pid = _pid(own_parent)
    resting = offspring(pid)
    subject = SandboxedSubject(own_parent, LIMITS)
    subject.submit(ENDLESS.encode(), "my.py", JOB)
    assert until(lambda: offspring(pid) > resting)
    running = offspring(pid)
    os.kill(pid, signal.SIGKILL)
    outcome = subject.traces()
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.MACHINE
    subject.close()
    assert until(lambda: not any(alive(child) for child in running))
    started = time.monotonic()
    for _ in range(3):
        assert put(own_parent, HONEST).kind is FailureKind.MACHINE
    assert time.monotonic() - started < 5


def test_a_parent_that_does_not_answer_is_killed() -> None:
    parent = WarmParent.start()
    put(parent, HONEST)
    pid = _pid(parent)
    everyone = {pid, *offspring(pid)}
    for one in everyone:
        os.kill(one, signal.SIGSTOP)
    parent.close()
    assert not alive(pid)
    assert until(lambda: not any(alive(one) for one in everyone))
    assert not parent.folder.exists()


def test_a_parent_that_was_stopped_is_given_up(own_parent: WarmParent) -> None:
    for one in {_pid(own_parent), *offspring(_pid(own_parent))}:
        os.kill(one, signal.SIGSTOP)
    started = time.monotonic()
    answer = put(own_parent, HONEST, replace(LIMITS, wall_seconds=1))
    assert answer.kind is FailureKind.MACHINE
    assert time.monotonic() - started < 10
    assert own_parent.gone


def test_a_parent_tells_what_its_children_are_put_under(
    warm_parent: WarmParent, open_parent: WarmParent
) -> None:
    strict, none = warm_parent.isolation.result(), open_parent.isolation.result()
    assert (strict.level, none.level) == ("strict", "none")
    assert set(strict.mechanisms) > set(none.mechanisms)
    assert {"seccomp", "private root", "net namespace"} <= set(strict.mechanisms)
    assert not {"landlock", "namespaces", "seccomp"} & strict.missing.keys()


def _groups(parent: WarmParent) -> list[Path]:
    """The groups of the parent's children, those that are made one a child."""
    bases = [place.folder / f"jaxjudge-{parent._process.pid}" for place in cgroups.places()]
    return [group for base in bases for group in base.glob("*/")]


@needs_groups
@pytest.mark.parametrize("most", ["basic", "strict"])
def test_children_have_groups_as_long_as_they_run(most: str) -> None:
    with started(most) as parent:
        assert "cgroup" in parent.isolation.result().mechanisms
        put(parent, HONEST)
        assert _groups(parent) == []
        subject = SandboxedSubject(parent, LIMITS)
        subject.submit(ENDLESS.encode(), "my.py", JOB)
        assert until(lambda: len(_groups(parent)) == len(cgroups.places()))
        assert until(lambda: all((group / "tasks").read_text() for group in _groups(parent)))
        subject.close()
        assert until(lambda: not _groups(parent))


@needs_groups
@pytest.mark.parametrize("end", ["close", "abandon"])
def test_no_group_outlives_its_parent(end: str) -> None:
    parent = WarmParent.start()
    parent.isolation.result(60)
    subject = SandboxedSubject(parent, LIMITS)
    subject.submit(ENDLESS.encode(), "my.py", JOB)
    assert until(lambda: bool(_groups(parent)))
    if end == "abandon":
        parent.abandon()
    parent.close()
    assert not [*Path("/sys/fs/cgroup").glob(f"**/jaxjudge-{parent._process.pid}")]
    subject.close()


@needs_groups
def test_without_a_box_there_are_no_groups(open_parent: WarmParent) -> None:
    assert "cgroup" not in open_parent.isolation.result().mechanisms
    assert _groups(open_parent) == []


def test_a_parent_that_ends_before_it_is_ready_says_so() -> None:
    parent = WarmParent.start()
    parent.abandon()
    with pytest.raises(ParentDied):
        parent.isolation.result(10)
    parent.close()


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


def test_a_child_that_ends_before_the_submission_begins_is_the_machines_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patch = "from harness.sandbox.child import serve\nserve.serve = lambda *_: 1 / 0\n"
    monkeypatch.setattr(subprocess, "Popen", patched_main(patch))
    with started() as parent:
        answer = put(parent, HONEST)
    assert answer.kind is FailureKind.MACHINE
    assert "before that began: ended the process with exit code 1" in answer.failure.message
