"""Groups limit what is in them, where this machine lets them be made, and nothing of them stays."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.sandbox import cgroups
from harness.sandbox.cgroups import Groups, Place
from tests.harness.sandbox.child.forked import forked
from tests.harness.sandbox.conftest import alive, needs_groups, until

# JAX warns of forks in a process that has imported it, as other tests of the same worker have.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
_LARGE, _MANY = 64 << 20, 64


def _own() -> list[Path]:
    """The folders of this process's groups."""
    return [place.folder / f"jaxjudge-{os.getpid()}" for place in cgroups.places()]


@pytest.fixture
def groups() -> Iterator[Groups]:
    opened = Groups.open()
    yield opened
    for _, descriptor in opened.bases:
        os.close(descriptor)
    for folder in _own():
        folder.rmdir()


def _within(
    groups: Groups, attempt: Callable[[], object], memory: int = _LARGE, tasks: int = _MANY
) -> tuple[object, int, bool]:
    """What comes of something tried in group 7: value or error, signal, and whether it starved."""
    outcome = forked(lambda: groups.enter(7, memory, tasks), attempt)
    starved = groups.starved(7)
    groups.end(7)
    assert not any((folder / "7").exists() for folder in _own())
    return outcome.error or outcome.value, outcome.signal, starved


def _filled() -> int:
    return len(bytearray(b"x") * (32 << 20)) >> 20


def _stay() -> int:
    """Leave a process behind that nobody waits for."""
    pid = os.fork()
    if pid == 0:
        os.closerange(3, 256)
        signal.pause()
    return pid


def _crowd() -> None:
    for _ in range(_MANY):
        _stay()


@needs_groups
def test_memory_is_limited_in_all(groups: Groups) -> None:
    assert _within(groups, _filled) == (32, 0, False)
    assert _within(groups, _filled, memory=24 << 20) == (None, signal.SIGKILL, True)


@needs_groups
def test_processes_are_limited_and_ended(groups: Groups) -> None:
    assert _within(groups, _crowd, memory=8 * _LARGE, tasks=4) == ("EAGAIN", 0, False)


@needs_groups
def test_what_a_child_leaves_behind_is_ended(groups: Groups) -> None:
    outcome = forked(lambda: groups.enter(7, _LARGE, _MANY), _stay)
    assert groups.inhabited(7)
    groups.end(7)
    assert until(lambda: not alive(outcome.value))
    assert not any((folder / "7").exists() for folder in _own())


@needs_groups
def test_a_group_is_entered_once(groups: Groups) -> None:
    enter = (lambda: groups.enter(7, _LARGE, _MANY), lambda: groups.enter(7, _LARGE, _MANY))
    assert forked(*enter).error == "EEXIST"
    groups.end(7)


@needs_groups
def test_what_is_not_there_can_be_ended_and_did_not_starve(groups: Groups) -> None:
    groups.end(7)
    assert not groups.starved(7)


_KILLED = """\
import os, signal, sys
from harness.sandbox.cgroups import Groups
groups = Groups.open()
if os.fork() == 0:
    groups.enter(1, 64 << 20, 64)
    os.write(1, b"in")
    signal.pause()
signal.pause()
"""


@needs_groups
def test_groups_of_those_who_are_gone_are_cleared_and_no_others(groups: Groups) -> None:
    command = [sys.executable, "-c", _KILLED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert os.read(process.stdout.fileno(), 2) == b"in"
        left = [place.folder / f"jaxjudge-{process.pid}" for place in cgroups.places()]
        cgroups.clear()
        assert all((folder / "1").exists() for folder in left)
        process.kill()
        process.wait()
        cgroups.clear()  # what was started is still there
        assert all((folder / "1").exists() for folder in left)
        os.killpg(process.pid, signal.SIGKILL)
        cgroups.clear(awaited=process.pid)
        assert not any(folder.exists() for folder in left)
    assert all(folder.exists() for folder in _own())


TWO = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate"
MEMORY = "31 23 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"
PIDS = "32 23 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids"
BOTH = "33 23 0:29 / /sys/fs/cgroup/both rw - cgroup cgroup rw,memory,pids"
_GROUP = {"cgroup.procs": "", "cgroup.subtree_control": "memory pids"}
_LIMITS = {"memory.max": "max", "memory.swap.max": "max", "pids.max": "max"}


class Kernel:
    """Files laid out as the system lays them out; a folder has some from when it is made."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.made: dict[str, str] = {**_GROUP, **_LIMITS, "memory.events": "oom 1\noom_kill 0\n"}
        (root / "proc/self").mkdir(parents=True)
        self._mkdir, self._rmdir = os.mkdir, os.rmdir
        patch.setattr(os, "mkdir", self.mkdir)
        patch.setattr(os, "rmdir", self.rmdir)

    def mounted(self, own: str, *mounts: str) -> None:
        """Say which groups this process is in, and where they are mounted."""
        (self.root / "proc/self/cgroup").write_text(own)
        lines = ["22 1 8:1 / / rw - ext4 /dev/sda1 rw", *mounts]
        (self.root / "proc/self/mountinfo").write_text("".join(f"{line}\n" for line in lines))

    def lay(self, folder: str, **files: str) -> Path:
        """A group with the usual files, but for those given (`_` for a dot)."""
        path = self.root / "sys/fs/cgroup" / folder
        path.mkdir(parents=True, exist_ok=True)
        given = {name.replace("_", ".", 1): text for name, text in files.items()}
        for name, text in {**_GROUP, **given}.items():
            (path / name).write_text(text)
        return path

    def mkdir(self, path: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        self._mkdir(path, mode, dir_fd=dir_fd)
        folder = self._folder(path, dir_fd)
        if folder.name.isdecimal() or folder.name.startswith("jaxjudge-"):
            for name, text in self.made.items():
                (folder / name).write_text(text)

    def rmdir(self, path: Any, *, dir_fd: int | None = None) -> None:
        for file in self._folder(path, dir_fd).iterdir():
            if file.is_file():
                file.unlink()
        self._rmdir(path, dir_fd=dir_fd)

    def _folder(self, path: Any, dir_fd: int | None) -> Path:
        base = "" if dir_fd is None else os.readlink(f"/proc/self/fd/{dir_fd}")
        return Path(base, path)


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    """A system with version 2, in a group below which others can be made."""
    found = Kernel(tmp_path, monkeypatch)
    found.mounted("0::/user/app\n", TWO)
    found.lay("")
    found.lay("user")
    found.lay("user/app")
    return found


def _closed(groups: Groups) -> None:
    for _, descriptor in groups.bases:
        os.close(descriptor)


def test_a_group_of_version_2_has_its_limits(kernel: Kernel) -> None:
    groups = Groups.open(kernel.root)
    groups.enter(3, 1 << 20, 9)
    group = kernel.root / f"sys/fs/cgroup/user/app/jaxjudge-{os.getpid()}/3"
    assert [(group / name).read_text() for name in _LIMITS] == [str(1 << 20), "0", "9"]
    assert (group / "cgroup.procs").read_text() == "0"
    assert groups.inhabited(3)
    assert not groups.starved(3)
    (group / "memory.events").write_text("oom 1\noom_kill 12\noom_group_kill 0\n")
    assert groups.starved(3)
    (group / "cgroup.procs").write_text("")
    assert not groups.inhabited(3)
    groups.end(3)
    assert not group.exists()
    _closed(groups)


def test_a_group_of_version_2_is_ended_at_once(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cgroups, "_TRIES", 2)
    monkeypatch.setattr(os, "kill", lambda process, number: killed.append(process))
    killed: list[int] = []
    groups = Groups.open(kernel.root)
    group = kernel.root / f"sys/fs/cgroup/user/app/jaxjudge-{os.getpid()}/3"
    for name, gone in (("cgroup.kill", []), ("other", [5, 6, 5, 6])):
        kernel.made[name] = ""
        groups.enter(3, 1 << 20, 9)
        (group / "cgroup.procs").write_text("5\n0\n6\n")
        kept = (group / name).read_text
        monkeypatch.setattr(os, "rmdir", lambda *path, **more: None)
        groups.end(3)
        assert kept() == ("1" if name == "cgroup.kill" else "")
        assert killed == gone
        monkeypatch.setattr(os, "rmdir", kernel.rmdir)
        os.rmdir(group)
        del kernel.made[name]
    _closed(groups)


def test_what_a_system_does_not_have_is_left_out_if_it_can_be(kernel: Kernel) -> None:
    groups = Groups.open(kernel.root)
    del kernel.made["memory.swap.max"]
    groups.enter(1, 1 << 20, 9)
    del kernel.made["pids.max"]
    with pytest.raises(FileNotFoundError):
        groups.enter(2, 1 << 20, 9)
    _closed(groups)


@pytest.mark.parametrize(
    ("own", "around", "bound", "where"),
    [
        ("memory pids", "memory pids", "max", "user/app"),
        ("", "memory pids", "max", "user"),
        ("", "memory pids", "4096", "user/app"),
        ("", "memory pids", None, "user/app"),
        ("memory", "memory", "max", "user/app"),
        ("memory", "cpu pids memory", "max", "user"),
    ],
)
def test_groups_are_made_where_they_can_limit(
    kernel: Kernel, own: str, around: str, bound: str | None, where: str
) -> None:
    kernel.lay("user", cgroup_subtree_control=around)
    group = kernel.lay("user/app", cgroup_subtree_control=own)
    if bound is not None:
        (group / "memory.max").write_text(f"{bound}\n")
    (place,) = cgroups.places(kernel.root)
    assert place == Place(kernel.root / "sys/fs/cgroup" / where, 2, ("memory", "pids"))


def test_in_the_outermost_group_others_are_made(kernel: Kernel) -> None:
    kernel.mounted("0::/user/app\n", TWO.replace(" / /sys", " /user/app /sys"))
    kernel.lay("", cgroup_subtree_control="")
    (place,) = cgroups.places(kernel.root)
    assert place.folder == kernel.root / "sys/fs/cgroup"
    groups = Groups.open(kernel.root)
    assert (place.folder / "cgroup.subtree_control").read_text() == "+memory +pids"
    _closed(groups)


def test_a_group_that_cannot_limit_is_said(kernel: Kernel) -> None:
    (kernel.lay("user/app") / "cgroup.subtree_control").unlink()
    kernel.lay("user", cgroup_subtree_control="")
    with pytest.raises(OSError, match=r"^no groups can be made in .*user/app: No such file"):
        Groups.open(kernel.root)


@pytest.mark.parametrize(
    ("own", "mounts"),
    [
        ("0::/user/app\n", [MEMORY]),
        ("0::/elsewhere\n", [TWO.replace(" / /sys", " /user /sys")]),
        ("3:cpu:/\n", [TWO]),
        ("3:memory:/\n", [MEMORY]),
    ],
    ids=["not mounted", "outside of what is mounted", "in no group", "only memory"],
)
def test_groups_that_cannot_be_found_are_said(kernel: Kernel, own: str, mounts: list[str]) -> None:
    kernel.mounted(own, *mounts)
    with pytest.raises(OSError, match="are mounted"):
        Groups.open(kernel.root)
    cgroups.clear(kernel.root)


@pytest.mark.parametrize(
    ("own", "mounts", "expected"),
    [
        (
            "5:memory:/a\n4:pids:/\n0::/b\n",
            [MEMORY, PIDS, TWO],
            [("memory/a", 1, ("memory",)), ("pids", 1, ("pids",))],
        ),
        ("4:memory,pids:/a\n", [BOTH], [("both/a", 1, ("memory", "pids"))]),
        (
            "4:pids:/\n0::/user/app\n",
            [PIDS, TWO],
            [("pids", 1, ("pids",)), ("user/app", 2, ("memory",))],
        ),
    ],
    ids=["one each", "together", "of both versions"],
)
def test_hierarchies_are_those_this_process_is_in(
    kernel: Kernel, own: str, mounts: list[str], expected: list[tuple[str, int, tuple[str, ...]]]
) -> None:
    kernel.mounted(own, *mounts)
    top = kernel.root / "sys/fs/cgroup"
    found = [Place(top / path, version, names) for path, version, names in expected]
    assert cgroups.places(kernel.root) == found


def test_a_group_of_version_1_has_its_limits(kernel: Kernel) -> None:
    kernel.mounted("4:memory,pids:/a\n", BOTH)
    kernel.lay("both/a")
    names = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "pids.max", "tasks")
    kernel.made |= dict.fromkeys(names, "")
    groups = Groups.open(kernel.root)
    groups.enter(3, 1 << 20, 9)
    group = kernel.root / f"sys/fs/cgroup/both/a/jaxjudge-{os.getpid()}/3"
    assert [(group / name).read_text() for name in names] == ["1048576", "1048576", "9", "0"]
    _closed(groups)


def test_what_is_made_before_something_fails_is_given_back(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel.mounted("5:memory:/\n4:pids:/\n", MEMORY, PIDS)
    kernel.lay("memory")
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match=r"pids: No such file"):
        Groups.open(kernel.root)
    assert len(os.listdir("/proc/self/fd")) == before


def test_only_what_bears_the_number_of_a_process_is_cleared(kernel: Kernel) -> None:
    app = kernel.root / "sys/fs/cgroup/user/app"
    for name in ("jaxjudge-me", "jaxjudge-4194399", "jaxjudge-1", f"jaxjudge-{os.getpid()}"):
        (app / name / "3").mkdir(parents=True)
    cgroups.clear(kernel.root)
    assert not (app / "jaxjudge-4194399").exists()
    assert len(list(app.glob("jaxjudge-*"))) == 3


def test_what_a_process_of_the_same_number_left_is_removed(kernel: Kernel) -> None:
    left = kernel.root / f"sys/fs/cgroup/user/app/jaxjudge-{os.getpid()}/1"
    left.mkdir(parents=True)
    groups = Groups.open(kernel.root)
    assert not left.exists()
    groups.enter(1, 1 << 20, 9)
    _closed(groups)


def test_another_users_process_runs(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(process: int, number: int) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(os, "kill", refuse)
    left = kernel.root / "sys/fs/cgroup/user/app/jaxjudge-4194399"
    left.mkdir()
    cgroups.clear(kernel.root)
    assert left.exists()


@pytest.mark.parametrize("asked", ["harness.sandbox.cgroups._runs", "os.rmdir"])
def test_a_group_that_goes_meanwhile_is_gone(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    left = kernel.root / "sys/fs/cgroup/user/app/jaxjudge-4194399"
    left.mkdir()

    def late(what: object) -> None:
        kernel.rmdir(left)
        if asked == "os.rmdir":
            raise FileNotFoundError(what)

    monkeypatch.setattr(asked, late)
    cgroups.clear(kernel.root, awaited=4194399)
    assert not left.exists()
