"""Probes of what the kernel offers for isolation. Each returns a description or raises OSError.

None of them changes this process; what cannot be asked without doing it is done in a child.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from pathlib import Path

# linux/prctl.h, linux/seccomp.h, linux/landlock.h; Landlock's number is the same everywhere.
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_PR_GET_NO_NEW_PRIVS = 39
_SYS_LANDLOCK_CREATE_RULESET, _LANDLOCK_CREATE_RULESET_VERSION = 444, 1

NAMESPACE_ADVICE = (
    "an administrator can allow them: sysctl user.max_user_namespaces and "
    "kernel.apparmor_restrict_unprivileged_userns, or the container's seccomp profile"
)
CGROUP_ADVICE = (
    "run the judge in a delegated cgroup: systemd-run --user --scope -p Delegate=yes jaxjudge ..."
)

_UNSHARE = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
user, group = os.getuid(), os.getgid()
def unshare(flags):
    if libc.unshare(flags):
        sys.exit(ctypes.get_errno())
try:
    unshare(0x10000000)
    open("/proc/self/setgroups", "w").write("deny")
    open("/proc/self/uid_map", "w").write(f"0 {user} 1")
    open("/proc/self/gid_map", "w").write(f"0 {group} 1")
    unshare(0x40000000 | 0x20000000 | 0x00020000)
except OSError as error:
    sys.exit(error.errno)
"""


def resource_limits() -> str:
    """The hard limits a child may be given are at least ours."""
    import resource

    resource.getrlimit(resource.RLIMIT_CPU)
    return "cpu, memory, processes, file size"


def process_groups() -> str:
    """A child can lead its own session, to be ended as a whole."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", "import os; assert os.getsid(0) == os.getpid()"],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if child.wait(timeout=10):
        raise OSError("a child cannot lead a session")
    return "a session of its own for each submission"


def no_new_privs() -> str:
    """A process can give up gaining privileges."""
    _prctl(_PR_GET_NO_NEW_PRIVS, 0)
    return "available"


def landlock() -> str:
    """The version of Landlock's interface."""
    libc = _libc()
    libc.syscall.restype = ctypes.c_long
    version = libc.syscall(
        ctypes.c_long(_SYS_LANDLOCK_CREATE_RULESET),
        ctypes.c_void_p(None),
        ctypes.c_size_t(0),
        ctypes.c_uint32(_LANDLOCK_CREATE_RULESET_VERSION),
    )
    if version < 0:
        raise _last_error()
    return f"ABI {version}"


def seccomp() -> str:
    """Filters of system calls: installing none at all fails on the address, not on the wish."""
    try:
        _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER)
    except OSError as error:
        if error.errno != errno.EFAULT:
            raise
    return "filters"


def user_namespaces() -> str:
    """User, network, process and mount namespaces, without root; tried in a child."""
    _linux()
    command = [sys.executable, "-I", "-S", "-c", _UNSHARE]
    code = subprocess.run(command, capture_output=True, timeout=10, check=False).returncode
    if code:
        raise OSError(code, os.strerror(code) if code > 0 else f"the child died of signal {-code}")
    return "user, network, process, mount"


def cgroups() -> str:
    """A cgroup (version 2) that this user may divide."""
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    own = next((line[3:] for line in lines if line.startswith("0::")), None)
    folder = Path("/sys/fs/cgroup") / (own or "/").lstrip("/")
    if own is None or not (folder / "cgroup.controllers").exists():
        raise OSError(errno.ENOENT, "no cgroup version 2 hierarchy")
    if not os.access(folder, os.W_OK) or not os.access(folder / "cgroup.procs", os.W_OK):
        raise OSError(errno.EACCES, "not delegated to this user")
    controllers = (folder / "cgroup.controllers").read_text().split()
    return f"version 2: {', '.join(controllers) or 'no controllers'}"


def _prctl(option: int, argument: int) -> None:
    zero = ctypes.c_ulong(0)
    if _libc().prctl(ctypes.c_int(option), ctypes.c_ulong(argument), zero, zero, zero) < 0:
        raise _last_error()


def _libc() -> ctypes.CDLL:
    _linux()
    return ctypes.CDLL(None, use_errno=True)


def _last_error() -> OSError:
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code))


def _linux() -> None:
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, "needs Linux")
