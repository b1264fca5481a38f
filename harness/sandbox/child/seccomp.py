"""The system calls a submission may make: an allow-list, assembled as a seccomp filter.

What is not on it fails with EPERM. Processes cannot be made (threads can), nothing can be executed,
there are no sockets of any kind, and signals reach only the process itself. See seccomp(2).
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Callable, Mapping

from harness.sandbox.child.system import MACHINE, prctl

_X86_64 = 0xC000003E
_AARCH64 = 0xC00000B7
_ARCHITECTURES = {"x86_64": _X86_64, "aarch64": _AARCH64}
_X32 = 0x40000000

_LOAD, _EQUAL, _GREATER_EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH = 0, 4
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000

_PR_SET_SECCOMP, _PR_GET_SECCOMP, _FILTER = 22, 21, 2
_CLONE_THREAD = 0x10000
_PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA = 15, 16, 0x53564D41
_FIOCLEX, _FIONCLEX = 0x5451, 0x5450
# Duplicate, flags of the descriptor, flags of the file. Not the ones that lock, lease, make pipes
# larger, or have the kernel send a signal to another process.
_FCNTL = (0, 1, 2, 3, 4, 1030)
# Memory that RLIMIT_DATA does not count: shared, and what grows downwards as a stack does.
_MAP_SHARED, _MAP_GROWSDOWN = 0x01, 0x100

# Numbers from the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and, for aarch64,
# include/uapi/asm-generic/unistd.h.
_ALLOWED_X86_64 = """
    read 0, write 1, open 2, close 3, stat 4, fstat 5, lstat 6, poll 7, lseek 8,
    mprotect 10, munmap 11, brk 12, rt_sigaction 13, rt_sigprocmask 14, rt_sigreturn 15,
    pread64 17, pwrite64 18, readv 19, writev 20, access 21, pipe 22, select 23,
    sched_yield 24, mremap 25, madvise 28, dup 32, dup2 33, nanosleep 35, getpid 39, exit 60,
    uname 63, fsync 74, ftruncate 77, getcwd 79, chdir 80, rename 82, mkdir 83,
    rmdir 84, unlink 87, readlink 89, umask 95, gettimeofday 96, getrlimit 97, getrusage 98,
    sysinfo 99, times 100, sched_getparam 143, sched_getscheduler 145,
    sched_get_priority_max 146, sched_get_priority_min 147, getuid 102, getgid 104,
    geteuid 107, getegid 108, getppid 110, sigaltstack 131, gettid 186, time 201, futex 202,
    sched_getaffinity 204, getdents64 217, set_tid_address 218,
    restart_syscall 219, clock_gettime 228, clock_getres 229, clock_nanosleep 230,
    exit_group 231, epoll_wait 232, epoll_ctl 233, openat 257, mkdirat 258, newfstatat 262,
    unlinkat 263, renameat 264, readlinkat 267, faccessat 269, pselect6 270, ppoll 271,
    set_robust_list 273, epoll_pwait 281, eventfd2 290, epoll_create1 291,
    dup3 292, pipe2 293, getcpu 309, renameat2 316, getrandom 318, membarrier 324, statx 332,
    rseq 334, faccessat2 439
"""
_ALLOWED_AARCH64 = """
    getcwd 17, eventfd2 19, epoll_create1 20, epoll_ctl 21, epoll_pwait 22, dup 23, dup3 24,
    mkdirat 34, unlinkat 35, renameat 38, ftruncate 46, faccessat 48, chdir 49,
    openat 56, close 57, pipe2 59, getdents64 61, lseek 62, read 63, write 64, readv 65,
    writev 66, pread64 67, pwrite64 68, pselect6 72, ppoll 73, readlinkat 78, newfstatat 79,
    fstat 80, fsync 82, exit 93, exit_group 94, set_tid_address 96, futex 98,
    set_robust_list 99, nanosleep 101, clock_gettime 113, clock_getres 114,
    clock_nanosleep 115, restart_syscall 128, sched_getaffinity 123,
    sched_getscheduler 120, sched_getparam 121, sched_get_priority_max 125,
    sched_get_priority_min 126, sched_yield 124, sigaltstack 132, rt_sigaction 134,
    rt_sigprocmask 135, rt_sigreturn 139, times 153, uname 160, getrlimit 163, getrusage 165,
    umask 166, getcpu 168, gettimeofday 169, getpid 172, getppid 173, getuid 174,
    geteuid 175, getgid 176, getegid 177, gettid 178, sysinfo 179, brk 214, munmap 215,
    mremap 216, mprotect 226, madvise 233, renameat2 276, getrandom 278,
    membarrier 283, statx 291, rseq 293, faccessat2 439
"""
_CHECKED_X86_64 = """
    mmap 9, ioctl 16, clone 56, kill 62, fcntl 72, prctl 157, tkill 200, sched_setaffinity 203,
    tgkill 234, prlimit64 302
"""
_CHECKED_AARCH64 = """
    mmap 222, ioctl 29, clone 220, kill 129, fcntl 25, prctl 167, tkill 130,
    sched_setaffinity 122, tgkill 131, prlimit64 261
"""


def _numbers(table: str) -> Mapping[str, int]:
    pairs = (entry.split() for entry in table.split(","))
    return {name: int(number) for name, number in pairs}


_ALLOWED = {"x86_64": _numbers(_ALLOWED_X86_64), "aarch64": _numbers(_ALLOWED_AARCH64)}
_CHECKED = {"x86_64": _numbers(_CHECKED_X86_64), "aarch64": _numbers(_CHECKED_AARCH64)}
_CLONE3 = 435


def available() -> bool:
    """Whether this machine has seccomp filters, and an architecture the list is known for."""
    if MACHINE not in _ARCHITECTURES:
        return False
    try:
        prctl(_PR_GET_SECCOMP)
    except OSError:
        return False
    return True


def restrict() -> None:
    """Leave the calling thread, and those it starts, the allowed calls; raises `OSError`.

    `no_new_privs` must be set.
    """
    code = b"".join(assemble(MACHINE, os.getpid()))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p).value)
    prctl(_PR_SET_SECCOMP, _FILTER, ctypes.addressof(program))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def assemble(machine: str, pid: int) -> list[bytes]:
    """The filter for a process, as BPF instructions of eight bytes."""
    code = [
        _instruction(_LOAD, _ARCH),
        _instruction(_EQUAL, _ARCHITECTURES[machine], 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        code += [_instruction(_GREATER_EQUAL, _X32, 0, 1), _refuse(errno.ENOSYS)]
    for number in _ALLOWED[machine].values():
        code += [_instruction(_EQUAL, number, 0, 1), _instruction(_RETURN, _ALLOW)]
    code += [_instruction(_EQUAL, _CLONE3, 0, 1), _refuse(errno.ENOSYS)]
    for name, condition in _conditions(pid).items():
        body = condition()
        code += [_instruction(_EQUAL, _CHECKED[machine][name], 0, len(body)), *body]
    return [*code, _refuse(errno.EPERM)]


def _conditions(pid: int) -> Mapping[str, Callable[[], list[bytes]]]:
    return {
        "clone": lambda: _when(0, _ANY_BIT, _CLONE_THREAD),
        "kill": lambda: _when(0, _EQUAL, pid),
        "tgkill": lambda: _when(0, _EQUAL, pid),
        "tkill": lambda: _when(0, _EQUAL, pid),
        "prctl": lambda: _when(0, _EQUAL, _PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA),
        "ioctl": lambda: _when(1, _EQUAL, _FIOCLEX, _FIONCLEX),
        "prlimit64": lambda: _when_null(2),
        "fcntl": lambda: _when(1, _EQUAL, *_FCNTL),
        "sched_setaffinity": lambda: _when(0, _EQUAL, 0, pid),
        "mmap": lambda: _unless(3, _MAP_SHARED | _MAP_GROWSDOWN),
    }


def _when(argument: int, test: int, *values: int) -> list[bytes]:
    """Allow when the low half of an argument passes the test against one of the values."""
    code = [_instruction(_LOAD, 16 + 8 * argument)]
    for value in values:
        code += [_instruction(test, value, 0, 1), _instruction(_RETURN, _ALLOW)]
    return [*code, _refuse(errno.EPERM)]


def _unless(argument: int, bits: int) -> list[bytes]:
    """Allow when none of the bits is set in the low half of an argument."""
    return [
        _instruction(_LOAD, 16 + 8 * argument),
        _instruction(_ANY_BIT, bits, 0, 1),
        _refuse(errno.EPERM),
        _instruction(_RETURN, _ALLOW),
    ]


def _when_null(argument: int) -> list[bytes]:
    """Allow when an argument is the null pointer."""
    return [
        _instruction(_LOAD, 16 + 8 * argument),
        _instruction(_EQUAL, 0, 0, 3),
        _instruction(_LOAD, 20 + 8 * argument),
        _instruction(_EQUAL, 0, 0, 1),
        _instruction(_RETURN, _ALLOW),
        _refuse(errno.EPERM),
    ]


def _refuse(code: int) -> bytes:
    return _instruction(_RETURN, _ERRNO | code)


def _instruction(code: int, value: int, true: int = 0, false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, true, false, value)
