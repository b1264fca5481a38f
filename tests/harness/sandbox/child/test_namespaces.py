"""A process in the namespaces has a root, a network and process ids of its own, and no rights."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.sandbox.child import confine, namespaces
from harness.sandbox.child.confine import Level
from harness.sandbox.child.system import LIBC, check
from tests.harness.sandbox.child.forked import Outcome, forked

_SIZE = 2 << 20
_PYTEST = os.getpid()
_PLAN = confine.make_plan(Level.STRICT)
pytestmark = pytest.mark.skipif(
    not _PLAN.namespaces, reason=f"no namespaces here: {_PLAN.missing.get('namespaces')}"
)


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    (tmp_path / "shown").mkdir()
    (tmp_path / "shown" / "file").write_text("shown")
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "file").write_text("hidden")
    (tmp_path / "root").mkdir()
    return tmp_path


def _boxed(shown: Path, attempt: Callable[[], object]) -> Outcome:
    """The outcome in the second process of the namespaces, its first being pid 1."""

    def first() -> object:
        namespaces.build_root(shown / "root", [shown / "shown"])

        def enter() -> None:
            namespaces.private_box(_SIZE)
            namespaces.drop_capabilities()

        inner = forked(enter, attempt)
        return [inner.value, inner.error, inner.signal]

    outer = forked(namespaces.enter, lambda: _outer(first))
    assert outer.error == "", outer
    return Outcome(*outer.value)


def _outer(first: Callable[[], object]) -> object:
    inner = forked(first)
    assert inner.error == "", inner
    return inner.value


def _fill() -> int:
    with open("/box/large", "wb") as file:
        return sum(file.write(bytes(1 << 16)) for _ in range(2 * _SIZE >> 16))


def _many_files() -> None:
    for number in range(5000):
        Path(f"/box/{number}").touch()


def _unshare(flag: int) -> None:
    check(LIBC.unshare(flag), "unshare")


_GIVEN: dict[str, tuple[Callable[[Path], object], object]] = {
    "process id": (lambda p: os.getppid(), 1),
    "user": (lambda p: [os.getuid(), os.geteuid(), os.getgid()], [65534] * 3),
    "shown file": (lambda p: (p / "shown" / "file").read_text(), "shown"),
    "box": (lambda p: Path("/box/file").write_text("mine"), 4),
    "null": (lambda p: Path("/dev/null").write_text("x"), 1),
    "random": (lambda p: len(os.read(os.open("/dev/urandom", os.O_RDONLY), 8)), 8),
    "interfaces": (lambda p: [name for _, name in socket.if_nameindex()], ["lo"]),
    "root": (lambda p: sorted({*os.listdir("/")} - {p.parts[1]}), ["box", "dev"]),
    "devices": (lambda p: sorted(os.listdir("/dev")), ["null", "urandom", "zero"]),
}
_GONE: dict[str, tuple[Callable[[Path], object], str]] = {
    "hidden file": (lambda p: (p / "hidden" / "file").read_text(), "ENOENT"),
    "proc": (lambda p: os.listdir("/proc"), "ENOENT"),
    "etc": (lambda p: os.listdir("/etc"), "ENOENT"),
    "dots": (lambda p: os.listdir("../" * 30 + "etc"), "ENOENT"),
    "write to the shown": (lambda p: (p / "shown" / "file").write_text("new"), "EROFS"),
    "make in the shown": (lambda p: (p / "shown" / "new").write_text("new"), "EROFS"),
    "write to the root": (lambda p: Path("/new").write_text("new"), "EROFS"),
    "too much": (lambda p: _fill(), "ENOSPC"),
    "too many": (lambda p: _many_files(), "ENOSPC"),
    "judge's signal": (lambda p: os.kill(_PYTEST, 0), "ESRCH"),
    "network": (lambda p: socket.socket().connect(("127.0.0.1", 1)), "ENETUNREACH"),
    "mount": (lambda p: _mount(), "EPERM"),
    "chroot": (lambda p: os.chroot("/box"), "EPERM"),
    "mounts of its own": (lambda p: _unshare(0x20000), "EPERM"),
    "network of its own": (lambda p: _unshare(0x40000000), "EPERM"),
    "raw socket": (lambda p: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1), "EPERM"),
    "host name": (lambda p: socket.sethostname("attacked"), "EPERM"),
    "owner": (lambda p: os.chown("/box", 0, 0), "EINVAL"),
    "device": (lambda p: os.mknod("/box/null", 0o20666, os.makedev(1, 3)), "EPERM"),
}


def _mount() -> None:
    check(LIBC.mount(b"none", b"/box", b"tmpfs", 0, None), "mount")


@pytest.mark.parametrize("name", _GIVEN)
def test_what_there_is(name: str, shown: Path) -> None:
    attempt, expected = _GIVEN[name]
    outcome = _boxed(shown, lambda: attempt(shown))
    assert (outcome.value, outcome.error) == (expected, "")


@pytest.mark.parametrize("name", _GONE)
def test_what_there_is_not(name: str, shown: Path) -> None:
    attempt, expected = _GONE[name]
    assert expected.startswith("E")
    assert getattr(errno, expected)
    outcome = _boxed(shown, lambda: repr(attempt(shown)))
    assert outcome.error == expected or (name == "mount" and outcome.error == "EBUSY"), outcome
    assert (shown / "shown" / "file").read_text() == "shown"
    assert not (shown / "shown" / "new").exists()


def test_nothing_is_left_in_the_folder_the_root_was_built_on(shown: Path) -> None:
    _boxed(shown, lambda: Path("/box/file").write_text("mine"))
    assert list((shown / "root").iterdir()) == []


def test_no_capability_is_left(shown: Path) -> None:
    def attempt() -> list[int]:
        return [int(LIBC.prctl(23, number, 0, 0, 0)) for number in range(41)]

    assert _boxed(shown, attempt).value == [0] * 41
