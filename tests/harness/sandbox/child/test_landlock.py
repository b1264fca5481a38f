"""Landlock leaves the folders that are named, and nothing else of the machine."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.sandbox.child import landlock
from harness.sandbox.child.system import prctl
from tests.harness.sandbox.child.forked import Outcome, forked

pytestmark = pytest.mark.skipif(
    landlock.abi() < 3, reason="this kernel has no Landlock, or one older than ABI 3"
)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("read", "write", "hidden"):
        (tmp_path / name / "below").mkdir(parents=True)
        (tmp_path / name / "file").write_text(name)
        (tmp_path / name / "below" / "file").write_text(name)
    (tmp_path / "one").write_text("one")
    return tmp_path


def _restricted(here: Path, attempt: Callable[[], object]) -> Outcome:
    def restrict() -> None:
        prctl(38, 1)
        landlock.restrict(
            [here / "read", here / "one", here / "missing"], [here / "write", Path(os.devnull)]
        )

    return forked(restrict, attempt)


_ALLOWED: dict[str, Callable[[Path], object]] = {
    "read": lambda p: (p / "read" / "file").read_text(),
    "read below": lambda p: (p / "read" / "below" / "file").read_text(),
    "list": lambda p: os.listdir(p / "read"),
    "one file": lambda p: (p / "one").read_text(),
    "write": lambda p: (p / "write" / "file").write_text("new"),
    "make": lambda p: (p / "write" / "below" / "new").write_text("new"),
    "make a folder": lambda p: (p / "write" / "folder").mkdir(),
    "remove": lambda p: (p / "write" / "file").unlink(),
    "truncate": lambda p: os.truncate(p / "write" / "file", 0),
    "rename": lambda p: os.rename(p / "write" / "file", p / "write" / "other"),
    "device": lambda p: Path(os.devnull).write_text("x"),
    "descriptors": lambda p: os.write(os.pipe()[1], b"x"),
}
_REFUSED: dict[str, Callable[[Path], object]] = {
    "read": lambda p: (p / "hidden" / "file").read_text(),
    "read below": lambda p: (p / "hidden" / "below" / "file").read_text(),
    "list": lambda p: os.listdir(p / "hidden"),
    "list above": lambda p: os.listdir(p),
    "by way of the parent": lambda p: (p / "read" / ".." / "hidden" / "file").read_text(),
    "by a symbolic link": lambda p: (p / "write" / "link").read_text(),
    "write to the readable": lambda p: (p / "read" / "file").write_text("new"),
    "append to the readable": lambda p: (p / "one").open("a"),
    "make": lambda p: (p / "read" / "new").write_text("new"),
    "make a folder": lambda p: (p / "hidden" / "new").mkdir(),
    "remove": lambda p: (p / "read" / "file").unlink(),
    "remove a folder": lambda p: (p / "hidden" / "below").rmdir(),
    "truncate": lambda p: os.truncate(p / "read" / "file", 0),
    "rename out": lambda p: os.rename(p / "write" / "file", p / "read" / "file"),
    "rename in": lambda p: os.rename(p / "read" / "file", p / "write" / "stolen"),
    "link in": lambda p: os.link(p / "hidden" / "file", p / "write" / "stolen"),
    "run": lambda p: os.execv("/bin/sh", ["sh", "-c", ":"]),
    "environment of the parent": lambda p: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "own environment": lambda p: Path("/proc/self/environ").read_bytes(),
    "users": lambda p: Path("/etc/passwd").read_text(),
}


@pytest.mark.parametrize("name", _ALLOWED)
def test_what_is_left(name: str, here: Path) -> None:
    assert _restricted(here, lambda: repr(_ALLOWED[name](here))).error == ""


@pytest.mark.parametrize("name", _REFUSED)
def test_what_is_gone(name: str, here: Path) -> None:
    (here / "write" / "link").symlink_to(here / "hidden" / "file")
    outcome = _restricted(here, lambda: repr(_REFUSED[name](here)))
    assert outcome.error in ("EACCES", "EXDEV", "EPERM"), outcome
    assert (here / "read" / "file").read_text() == "read"
    assert (here / "hidden" / "below" / "file").read_text() == "hidden"


@pytest.mark.skipif(landlock.abi() < 4, reason="this kernel's Landlock knows no network")
def test_there_is_no_tcp(here: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        connect = _restricted(here, lambda: socket.create_connection(("127.0.0.1", port), 1))
        bind = _restricted(here, lambda: socket.create_server(("127.0.0.1", 0)))
    assert (connect.error, bind.error) == ("EACCES", "EACCES")


@pytest.mark.skipif(landlock.abi() < 6, reason="this kernel's Landlock knows no scopes")
def test_there_are_no_signals_and_abstract_sockets_to_the_outside(here: Path) -> None:
    name = f"\0jaxjudge-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        connect = _restricted(here, lambda: socket.socket(socket.AF_UNIX).connect(name))
    outside = _restricted(here, lambda: os.kill(os.getppid(), 0))
    inside = _restricted(here, lambda: os.kill(os.getpid(), signal.SIGCONT))
    assert (connect.error, outside.error, inside.error) == ("EPERM", "EPERM", "")


def test_restricting_needs_no_new_privs(here: Path) -> None:
    if os.geteuid() != 0:
        outcome = forked(lambda: landlock.restrict([here], []))
        assert outcome.error == errno.errorcode[errno.EPERM]
