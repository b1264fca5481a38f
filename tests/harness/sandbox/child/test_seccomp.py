"""The filter allows what it lists, under the conditions it names, on both architectures."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import threading
from collections.abc import Callable

import pytest

from harness.sandbox.child import seccomp
from harness.sandbox.child.system import LIBC, MACHINE, check, prctl, syscall
from tests.harness.sandbox.child.bpf import ALLOW, ERRNO, KILL, evaluate
from tests.harness.sandbox.child.forked import forked

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_I386, _ARM = 0x40000003, 0x40000028
_PID = 4711
_EPERM, _ENOSYS = ERRNO | errno.EPERM, ERRNO | errno.ENOSYS

# Number on x86_64, number on aarch64 (None where there is none).
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "openat": (257, 56),
    "exit_group": (231, 94),
    "futex": (202, 98),
    "clone": (56, 220),
    "clone3": (435, 435),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "prctl": (157, 167),
    "seccomp": (317, 277),
    "prlimit64": (302, 261),
    "setrlimit": (160, 164),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "mmap": (9, 222),
    "fcntl": (72, 25),
    "flock": (73, 32),
    "ioctl": (16, 29),
    "sched_setaffinity": (203, 122),
    "setpriority": (141, 140),
    "mount": (165, 40),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "pivot_root": (155, 41),
    "reboot": (169, 142),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "perf_event_open": (298, 241),
    "memfd_create": (319, 279),
    "personality": (135, 92),
    "setsid": (112, 157),
    "setuid": (105, 146),
    "capset": (126, 91),
    "symlinkat": (266, 36),
    "linkat": (265, 37),
    "mknodat": (259, 33),
    "fchmodat": (268, 53),
    "fchownat": (260, 54),
    "utimensat": (280, 88),
    "truncate": (76, 45),
    "shmget": (29, 194),
    "mq_open": (240, 180),
    "splice": (275, 76),
    "sendfile": (40, 71),
    "landlock_restrict_self": (446, 446),
}
_PLAIN = ("read", "openat", "exit_group", "futex")
_CONDITIONAL: tuple[tuple[str, tuple[int, ...], bool], ...] = (
    ("clone", (0x10000 | 0x100,), True),
    ("clone", (17,), False),
    ("clone", (0x10000000 | 17,), False),
    ("kill", (_PID, 9), True),
    ("kill", (_PID + 1, 9), False),
    ("kill", (-1, 9), False),
    ("kill", (0, 9), False),
    ("kill", (1, 0), False),
    ("tkill", (_PID, 6), True),
    ("tkill", (1, 6), False),
    ("tgkill", (_PID, _PID + 3, 6), True),
    ("tgkill", (1, _PID, 6), False),
    ("prctl", (15, 1), True),
    ("prctl", (4, 1), False),
    ("prctl", (22, 2), False),
    ("prctl", (0x59616D61, 1), False),
    ("prlimit64", (0, 7, 0, 1), True),
    ("prlimit64", (0, 7, 1, 0), False),
    ("prlimit64", (0, 7, 1 << 32, 0), False),
    ("mmap", (0, 4096, 3, 0x22), True),
    ("mmap", (0, 4096, 3, 0x4022), True),
    ("mmap", (0, 4096, 3, 0x21), False),
    ("mmap", (0, 4096, 3, 0x03), False),
    ("mmap", (0, 4096, 3, 0x122), False),
    ("fcntl", (3, 1030, 10), True),
    ("fcntl", (3, 4, 0o4000), True),
    ("fcntl", (3, 8, 1), False),
    ("fcntl", (3, 10, 9), False),
    ("fcntl", (3, 6, 0), False),
    ("fcntl", (3, 1024, 0), False),
    ("fcntl", (3, 1031, 1 << 20), False),
    ("ioctl", (3, 0x5451), True),
    ("ioctl", (0, 0x5412), False),
    ("sched_setaffinity", (0, 8), True),
    ("sched_setaffinity", (_PID, 8), True),
    ("sched_setaffinity", (1, 8), False),
)


def _ask(machine: str, name: str, *arguments: int) -> int:
    number = _NUMBERS[name][machine == "aarch64"]
    assert number is not None
    program = seccomp.assemble(machine, _PID)
    return evaluate(program, _ARCHITECTURES[machine], number, arguments)


@pytest.mark.parametrize("machine", _ARCHITECTURES)
@pytest.mark.parametrize("name", _PLAIN)
def test_ordinary_calls_are_allowed(machine: str, name: str) -> None:
    assert _ask(machine, name, 3, 1, 4, 1, 5, 9) == ALLOW


@pytest.mark.parametrize("machine", _ARCHITECTURES)
@pytest.mark.parametrize(("name", "arguments", "allowed"), _CONDITIONAL)
def test_conditions(machine: str, name: str, arguments: tuple[int, ...], allowed: bool) -> None:
    assert _ask(machine, name, *arguments) == (ALLOW if allowed else _EPERM)


@pytest.mark.parametrize("machine", _ARCHITECTURES)
@pytest.mark.parametrize(
    "name", sorted(set(_NUMBERS) - {row[0] for row in _CONDITIONAL} - {*_PLAIN})
)
def test_everything_else_is_refused(machine: str, name: str) -> None:
    if _NUMBERS[name][machine == "aarch64"] is not None:
        assert _ask(machine, name) == (_ENOSYS if name == "clone3" else _EPERM)


@pytest.mark.parametrize("machine", _ARCHITECTURES)
def test_other_architectures_end_the_process_and_unknown_numbers_are_refused(machine: str) -> None:
    program = seccomp.assemble(machine, _PID)
    others = {_I386, _ARM, *_ARCHITECTURES.values()} - {_ARCHITECTURES[machine]}
    for other in others:
        assert evaluate(program, other, 1) == KILL
    for number in (470, 9999, 0x3FFFFFFF):
        assert evaluate(program, _ARCHITECTURES[machine], number) == _EPERM
    for number in (0x40000000, 0x40000027, 0xFFFFFFFF):
        refused = evaluate(program, _ARCHITECTURES[machine], number)
        assert refused == (_ENOSYS if machine == "x86_64" else _EPERM)


def test_filters_are_within_what_the_kernel_takes() -> None:
    for machine in _ARCHITECTURES:
        assert len(seccomp.assemble(machine, _PID)) <= 4096


def _thread() -> str:
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append("ran"))
    thread.start()
    thread.join()
    return said[0]


def _own_signal() -> str:
    said: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, _: said.append(number))
    os.kill(os.getpid(), signal.SIGUSR1)
    return str(said)


def _map(flags: int) -> str:
    mmap.mmap(-1, 4096, flags=flags, prot=mmap.PROT_READ | mmap.PROT_WRITE).close()
    return "mapped"


_ALLOWED: dict[str, Callable[[], object]] = {
    "thread": _thread,
    "own signal": _own_signal,
    "private memory": lambda: _map(mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS),
    "pipe": os.pipe,
    "open": lambda: os.close(os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)),
    "limits": lambda: resource.getrlimit(resource.RLIMIT_DATA),
    "random": lambda: len(os.urandom(8)),
    "affinity": lambda: len(os.sched_getaffinity(0)),
}
_REFUSED: dict[str, Callable[[], object]] = {
    "fork": os.fork,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "session": os.setsid,
    "signal to the parent": lambda: os.kill(os.getppid(), 0),
    "signal to all": lambda: os.kill(-1, 0),
    "signal to the group": lambda: os.kill(0, 0),
    "signal by a descriptor": lambda: fcntl.fcntl(0, 8, os.getppid()),
    "tcp": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "unix": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "socket pair": socket.socketpair,
    "vsock": lambda: socket.socket(40, socket.SOCK_STREAM),
    "netlink": lambda: socket.socket(16, socket.SOCK_RAW),
    "shared memory": lambda: _map(mmap.MAP_SHARED | mmap.MAP_ANONYMOUS),
    "lock": lambda: fcntl.flock(os.open(os.devnull, os.O_RDONLY), fcntl.LOCK_SH),
    "affinity of the parent": lambda: os.sched_setaffinity(os.getppid(), {0}),
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, 5),
    "chmod": lambda: os.chmod(os.devnull, 0o666),
    "times": lambda: os.utime(os.devnull),
    "symbolic link": lambda: os.symlink("a", "b"),
    "chroot": lambda: os.chroot("."),
    "terminal": lambda: os.tcgetpgrp(0),
    "dumpable": lambda: prctl(4, 1),
    "unshare": lambda: check(LIBC.unshare(0x10000000), "unshare"),
    "no such call": lambda: syscall(9999),
}


def _no_new_privileges() -> None:
    prctl(38, 1)


_NEEDS_SECCOMP = pytest.mark.skipif(
    not seccomp.available(), reason="this kernel or processor has no seccomp filter known here"
)


@_NEEDS_SECCOMP
@pytest.mark.parametrize("name", _ALLOWED)
def test_a_filtered_process_can(name: str) -> None:
    assert forked(_no_new_privileges, seccomp.restrict, _ALLOWED[name]).error == ""


@_NEEDS_SECCOMP
@pytest.mark.parametrize("name", _REFUSED)
def test_a_filtered_process_cannot(name: str) -> None:
    assert forked(_no_new_privileges, seccomp.restrict, _REFUSED[name]).error == "EPERM"


@_NEEDS_SECCOMP
def test_threads_are_filtered_too() -> None:
    def attempt() -> str:
        said: list[str] = []

        def run() -> None:
            try:
                socket.socketpair()
            except OSError as error:
                said.append(errno.errorcode[error.errno or 0])

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return said[0]

    assert forked(_no_new_privileges, seccomp.restrict, attempt).value == "EPERM"


@_NEEDS_SECCOMP
@pytest.mark.skipif(MACHINE != "x86_64", reason="only x86-64 has the gate of 32-bit programs")
def test_the_gate_of_32_bit_programs_ends_the_process() -> None:
    def attempt() -> int:
        page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
        page.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20; int 0x80; ret
        start = ctypes.addressof(ctypes.c_char.from_buffer(page))
        return int(ctypes.CFUNCTYPE(ctypes.c_int)(start)())

    assert forked(_no_new_privileges, seccomp.restrict, attempt).signal == signal.SIGSYS
