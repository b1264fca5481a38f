"""Namespaces of the box: a root of its own, no network, no other processes. See namespaces(7)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from harness.sandbox.child.system import LIBC, MACHINE, check, prctl, syscall

_NEW_MOUNTS, _NEW_UTS, _NEW_IPC = 0x00020000, 0x04000000, 0x08000000
_NEW_USER, _NEW_PID, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
NAMES = ("user", "mount", "pid", "net", "ipc", "uts")

_READ_ONLY, _NO_SUID, _NO_DEV, _NO_EXEC = 1, 2, 4, 8
_REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 32, 4096, 16384, 1 << 18
_DETACH = 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION = 0x20080522
_LAST_CAPABILITY = 40
_PR_CAPBSET_DROP = 24
_NOBODY = 65534
DEVICES = (Path("/dev/null"), Path("/dev/urandom"), Path("/dev/zero"))

BOX = Path("/box")


def enter() -> None:
    """Move this process, which must have one thread, into new namespaces; raises `OSError`.

    The process id namespace is that of the next child it forks.
    """
    user, group = os.geteuid(), os.getegid()
    flags = _NEW_USER | _NEW_MOUNTS | _NEW_PID | _NEW_NET | _NEW_IPC | _NEW_UTS
    check(LIBC.unshare(flags), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{_NOBODY} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{_NOBODY} {group} 1")


def build_root(root: Path, visible: Iterable[Path]) -> None:
    """Make a read-only root of the visible files and folders, and go to live there."""
    _mount(None, Path("/"), flags=_RECURSIVE | _PRIVATE)
    _mount("tmpfs", root, "tmpfs", _NO_SUID | _NO_DEV, "size=4m,mode=755")
    for path in [*visible, *DEVICES]:
        _show(path, root)
    (root / BOX.relative_to("/")).mkdir(exist_ok=True)
    os.chdir(root)
    syscall(_PIVOT_ROOT[MACHINE], b".", b".")
    check(LIBC.umount2(b".", _DETACH), "umount")
    os.chdir("/")
    _mount(None, Path("/"), flags=_REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEV)


def private_box(size: int) -> None:
    """Give this process mounts of its own, with an empty tmpfs of `size` bytes on /box."""
    check(LIBC.unshare(_NEW_MOUNTS), "unshare")
    _mount(
        "tmpfs", BOX, "tmpfs", _NO_SUID | _NO_DEV | _NO_EXEC, f"size={size},nr_inodes=1024,mode=700"
    )


def drop_capabilities() -> None:
    """Give up every capability in the namespace, for good."""
    for capability in range(_LAST_CAPABILITY + 1):
        prctl(_PR_CAPBSET_DROP, capability)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    syscall(_CAPSET[MACHINE], header, nothing)


def _show(path: Path, root: Path) -> None:
    """Bind a path into the new root, read-only, without following the last link."""
    real = path.resolve()
    target = root / path.relative_to("/")
    if target.exists() or not real.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if real.is_dir():
        target.mkdir()
    else:
        target.touch()
    _mount(str(real), target, flags=_BIND | _RECURSIVE)
    kept = os.statvfs(target).f_flag & (_NO_SUID | _NO_DEV | _NO_EXEC)
    device = 0 if path in DEVICES else _NO_DEV
    _mount(None, target, flags=_REMOUNT | _BIND | _READ_ONLY | _NO_SUID | device | kept)


def _mount(
    source: str | None, target: Path, kind: str | None = None, flags: int = 0, data: str = ""
) -> None:
    encoded = [None if text is None else os.fsencode(text) for text in (source, kind)]
    result = LIBC.mount(
        encoded[0], os.fsencode(target), encoded[1], ctypes.c_ulong(flags), os.fsencode(data)
    )
    check(result, f"mount {target}")
