"""The nursery forks one clean child a launch, tells of its end, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.sandbox.child import confine
from harness.sandbox.child.nursery import Child, Nursery
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.wire import Frame, FrameReader
from tests.attacks.witnesses import processes
from tests.harness.sandbox.conftest import patched_main

_LIMITS = ChildLimits().applied()
_SECONDS = 20.0
_NO_PLAN = confine.make_plan(confine.Level.NONE)


class Launched:
    """A child with pipes at all four descriptors."""

    def __init__(self, parent: WarmParent, role: str = "serve") -> None:
        self.ends: queue.Queue[int | None] = queue.Queue()
        self.folder = Path(tempfile.mkdtemp(dir=parent.folder))
        ours, theirs = [], []
        for number in range(4):
            read, write = os.pipe()
            ours.append(write if number == 0 else read)
            theirs.append(read if number == 0 else write)
        self.requests, self.stdout, self.stderr, self.answers = ours
        self.number = parent.launch(role, _LIMITS, self.folder, theirs, self._ended)
        for descriptor in theirs:
            os.close(descriptor)

    def _ended(self, code: int | None, starved: bool) -> None:
        self.ends.put(code)

    def ask(self, source: str) -> None:
        """Send a submission that is not to be traced."""
        header = {"kind": "request", "name": "a.py", "source": len(source.encode()), "entry": "f"}
        header |= {"arguments": [], "forms": [], "shapes": [], "runs": [], "run_types": []}
        os.write(self.requests, Frame(header, source.encode()).pack())

    def frames(self) -> list[Frame]:
        """Everything it answers until it ends."""
        reader, found = FrameReader(), []
        while data := os.read(self.answers, 1 << 16):
            found += list(reader.feed(data))
        return found

    def printed(self) -> str:
        """What it has printed, all in all."""
        text = b""
        while data := os.read(self.stdout, 1 << 16):
            text += data
        return text.decode()

    def close(self) -> None:
        for descriptor in (self.requests, self.stdout, self.stderr, self.answers):
            os.close(descriptor)


@pytest.fixture(scope="module", params=["none", "strict"])
def parent(request: pytest.FixtureRequest) -> Iterator[WarmParent]:
    running = WarmParent.start(request.param)
    try:
        running.isolation.result(_SECONDS * 3)
        yield running
    finally:
        running.close()


@pytest.fixture
def launch(parent: WarmParent) -> Iterator[Callable[[], Launched]]:
    made: list[Launched] = []

    def start() -> Launched:
        made.append(Launched(parent))
        return made[-1]

    yield start
    for child in made:
        parent.kill(child.number)
        child.close()


def test_a_child_says_ready_then_boxed_before_anything_of_the_submission(
    launch: Callable[[], Launched],
) -> None:
    child = launch()
    child.ask("def f(): return 1\nprint('hello')\n")
    assert [frame.kind for frame in child.frames()] == ["ready", "boxed", "device", "done"]
    assert child.ends.get(timeout=_SECONDS) == 0
    assert child.printed() == "hello\n"


def test_a_child_has_four_descriptors_and_a_clean_environment(
    launch: Callable[[], Launched], monkeypatch: pytest.MonkeyPatch
) -> None:
    child = launch()
    child.ask(
        "import os\n"
        "for n in range(4096):\n"
        "    try: os.fstat(n)\n"
        "    except OSError: continue\n"
        "    print(n, end=' ')\n"
        "print(sorted({*os.environ} - {'LC_CTYPE'}))\n"
        "def f(): return 1\n"
    )
    child.frames()
    descriptors, _, names = child.printed().partition("[")
    assert descriptors.split() == ["0", "1", "2", "3"]
    assert {name.split("_")[0] for name in names.strip("]\n").replace("'", "").split(", ")} <= {
        "HOME", "JAX", "LANG", "OMP", "OPENBLAS", "PATH", "PYTHONDONTWRITEBYTECODE",
        "PYTHONHASHSEED", "TMPDIR", "TPU", "KMP", "TF2", "TF", "XLA",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("import os; os._exit(7)", 7),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("import os; os.abort()", -6),
    ],
)
def test_ends_are_told_with_their_code(
    launch: Callable[[], Launched], source: str, code: int
) -> None:
    child = launch()
    child.ask(source)
    assert child.ends.get(timeout=_SECONDS) == code


def test_a_child_is_ended_when_told_and_only_that_one(
    parent: WarmParent, launch: Callable[[], Launched]
) -> None:
    first, second = launch(), launch()
    parent.kill(first.number)
    assert first.ends.get(timeout=_SECONDS) == -9
    second.ask("def f(): return 1\n")
    assert second.frames()[-1].kind == "done"
    assert second.ends.get(timeout=_SECONDS) == 0


def test_children_do_not_see_what_others_left(launch: Callable[[], Launched]) -> None:
    first, second = launch(), launch()
    first.ask("open('left', 'w').write('x')\ndef f(): return 1\n")
    first.frames()
    second.ask("import os\nprint(os.listdir())\ndef f(): return 1\n")
    second.frames()
    assert second.printed() == "[]\n"


def test_no_process_is_left_once_children_have_ended(
    parent: WarmParent, launch: Callable[[], Launched]
) -> None:
    before = processes(parent.folder)
    children = [launch() for _ in range(4)]
    for child in children:
        child.ask("import os; os._exit(0)")
    assert [child.ends.get(timeout=_SECONDS) for child in children] == [0] * 4
    deadline = time.monotonic() + _SECONDS
    while processes(parent.folder) - before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes(parent.folder) - before == set()


@pytest.mark.parametrize(
    ("code", "starved", "told"),
    [("os.kill(os.getpid(), 9)", True, True), ("os.kill(os.getpid(), 9)", False, False),
     ("os._exit(3)", True, False)],
)  # fmt: skip
def test_what_became_of_a_group_is_told(code: str, starved: bool, told: bool) -> None:
    """Only of one that was killed: a child may go on after one of its processes has starved."""
    ended: list[int] = []
    groups = SimpleNamespace(starved=lambda number: starved, end=ended.append)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    nursery = Nursery(theirs, _NO_PLAN, (), {}, cast(Any, groups))
    with ours, theirs:
        command = [sys.executable, "-c", f"import os; {code}"]
        pid = os.posix_spawn(sys.executable, command, {})
        nursery.children[5] = Child(pid, 1 << 30)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        nursery.reap()
        assert json.loads(ours.recv(1 << 10))["starved"] is told
    assert ended == [5]


@pytest.mark.parametrize(
    ("code", "mib", "told"),
    [(1, 448, True), (-signal.SIGABRT, 512, True), (-signal.SIGSEGV, 500, True), (1, 447, False),
     (0, 512, False), (2, 512, False), (-signal.SIGXCPU, 512, False)],
)  # fmt: skip
def test_a_child_that_falls_with_all_its_memory_taken_has_starved(
    code: int, mib: int, told: bool
) -> None:
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    used = SimpleNamespace(ru_maxrss=mib * unit)
    assert Child(7, 512 << 20).fell(code, cast(Any, used)) is told


@pytest.mark.parametrize("most", ["basic", "strict"])
def test_a_child_without_its_group_does_not_run(monkeypatch: pytest.MonkeyPatch, most: str) -> None:
    monkeypatch.setattr(subprocess, "Popen", patched_main(_NO_GROUPS))
    with closing(WarmParent.start(most)) as parent, closing(Launched(parent)) as child:
        child.ask("open('ran', 'w')")
        frames = child.frames()
        assert [frame.kind for frame in frames] == ["ready", "failure"]
        assert frames[-1].header["failure"] == "machine"
        assert "too many groups" in frames[-1].header["message"]
        assert child.ends.get(timeout=_SECONDS) == 0


_NO_GROUPS = """\
from dataclasses import replace
from harness.sandbox.child import confine
from harness.sandbox.cgroups import Groups

def refuse(groups, number, memory, tasks):
    raise OSError(11, "too many groups")

plan = confine.make_plan
confine.make_plan = lambda most: replace(plan(most), cgroups=True)
Groups.open = lambda: Groups(())
Groups.enter = refuse
"""


def test_when_the_judge_hangs_up_everything_ends() -> None:
    parent = WarmParent.start("none")
    parent.isolation.result(_SECONDS * 3)
    child = Launched(parent)
    child.ask("import time; time.sleep(60)")
    parent.close()
    assert child.ends.get(timeout=_SECONDS) is None
    assert processes(parent.folder) == set()
    assert not parent.folder.exists()
    child.close()


def test_a_judge_that_was_killed_has_hung_up() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        theirs.send(b"never read, so that the other end is reset")
        ours.close()
        assert not Nursery(theirs, _NO_PLAN, (), {}).obey()
