"""Puts the box together: what this machine can do, and how a child goes into it.

A mechanism that is part of the plan is in force or the child does not go on: there is no silent
fallback.
"""

from __future__ import annotations

import contextlib
import os
import resource
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from harness.sandbox import cgroups
from harness.sandbox.cgroups import Groups
from harness.sandbox.child import landlock, namespaces, seccomp
from harness.sandbox.child.system import LIBC, prctl

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_SIGKILL = 9
_BOX_BYTES = 16 << 20
_SHARED_BYTES = 48 << 20
_LANDLOCK_WITH_TRUNCATE = 3
_THREADS = 1024


class Level(IntEnum):
    """How strong a box is."""

    NONE = 0
    BASIC = 1
    STRICT = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """The mechanisms every child of a parent is put under, and why others are not."""

    level: Level
    namespaces: bool
    landlock: bool
    seccomp: bool
    cgroups: bool
    missing: Mapping[str, str]

    def mechanisms(self) -> tuple[str, ...]:
        """Names of what is in force, for the report."""
        names = ["own process", "clean environment", "closed descriptors"]
        if self.level > Level.NONE:
            names += ["rlimits", "no_new_privs"]
        if self.cgroups:
            names.append("cgroup")
        if self.namespaces:
            names += [f"{name} namespace" for name in namespaces.NAMES]
            names += ["private root", "no capabilities"]
        if self.landlock:
            names.append(f"landlock {landlock.abi()}")
        if self.seccomp:
            names.append("seccomp")
        return tuple(names)


def make_plan(most: Level) -> Plan:
    """The strongest plan this machine allows, up to a level."""
    missing: dict[str, str] = {}
    if not hasattr(LIBC, "prctl"):
        why = "this system is not Linux"
        missing = dict.fromkeys(("seccomp", "landlock", "namespaces", "cgroup"), why)
    if most is Level.NONE or missing:
        return Plan(Level.NONE, False, False, False, False, missing)
    if not seccomp.available():
        missing["seccomp"] = "this kernel or processor has no seccomp filter the judge knows"
    if landlock.abi() < _LANDLOCK_WITH_TRUNCATE:
        missing["landlock"] = "this kernel has no Landlock, or one older than ABI 3"
    refused = _refusal_of_groups()
    if refused:
        missing["cgroup"] = refused
    if most is Level.STRICT:
        refused = _refusal_of_namespaces()
        if refused:
            missing["namespaces"] = refused
    strict = most is Level.STRICT and not {"namespaces", "seccomp"} & missing.keys()
    return Plan(
        Level.STRICT if strict else Level.BASIC,
        most is Level.STRICT and "namespaces" not in missing,
        "landlock" not in missing,
        "seccomp" not in missing,
        "cgroup" not in missing,
        missing,
    )


def _refusal_of_namespaces() -> str:
    """Why namespaces cannot be had; empty when they can."""
    if not hasattr(LIBC, "unshare"):
        return "this system has no namespaces"

    def attempt() -> None:
        namespaces.enter()
        if os.fork():
            os._exit(0)
        namespaces.build_root(Path("/tmp"), ())

    return _refusal(attempt)


def _refusal_of_groups() -> str:
    """Why a child cannot have a group of its own; empty when it can."""

    def attempt() -> None:
        groups = cgroups.Groups.open()
        groups.enter(0, _BOX_BYTES, _THREADS)
        if not groups.inhabited(0):
            raise OSError("a group that was entered is empty")

    refused = _refusal(attempt)
    cgroups.clear()
    return refused


def _refusal(attempt: Callable[[], None]) -> str:
    """Why something cannot be done, tried in a process of its own; empty when it can."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
            os.write(write, b"ok")
        except OSError as error:
            os.write(write, str(error).encode()[:200])
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answers:
        text = answers.read().decode("utf-8", "replace")
    os.waitpid(pid, 0)
    return "" if text == "ok" else text or "they could not be tried"


def die_with_parent() -> None:
    """Have the system end this process when the one that started it ends, where it can."""
    if hasattr(LIBC, "prctl"):
        prctl(_PR_SET_PDEATHSIG, _SIGKILL)


def keep_to(processors: Collection[int]) -> None:
    """Run on some processors only, where the system can; on all of them if there are none named."""
    if processors and hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):  # they were taken from this process meanwhile
            os.sched_setaffinity(0, processors)


def set_limits(limits: Mapping[str, float]) -> None:
    """Apply limits: `memory` and `file` in bytes, `cpu` in seconds."""
    cpu = max(1, int(limits["cpu"]))
    _limit("RLIMIT_CPU", cpu, cpu + 1)
    _limit("RLIMIT_FSIZE", int(limits["file"]))
    _limit("RLIMIT_NOFILE", 64)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_DATA", int(limits["memory"]))


def enter_group(groups: Groups, number: int, memory: float) -> None:
    """Move into a group of its own; raises `OSError`.

    It may take what the limit on private memory allows, and beside that its folder, and what the
    system itself needs for the process and its share of files.
    """
    groups.enter(number, int(memory) + _BOX_BYTES + _SHARED_BYTES, _THREADS)


def private_folders(plan: Plan, work: Path) -> Path:
    """The folder a child works in, with an empty `tmp` and a `submission` in it."""
    if plan.namespaces:
        namespaces.private_box(_BOX_BYTES)
        work = namespaces.BOX
    for name in ("tmp", "submission"):
        (work / name).mkdir(mode=0o700)
    os.chdir(work / "tmp")
    os.environ["HOME"] = os.environ["TMPDIR"] = str(work / "tmp")
    os.umask(0o077)
    return work


def confine(plan: Plan, work: Path, visible: tuple[Path, ...]) -> None:
    """Go into the box, for good; raises `OSError` when any part of the plan cannot be done."""
    if plan.level is Level.NONE:
        return
    if plan.namespaces and plan.landlock:
        # A kernel with such a Landlock counts the processes of each user namespace by themselves.
        _limit("RLIMIT_NPROC", _THREADS)
    if plan.namespaces:
        namespaces.drop_capabilities()
    prctl(_PR_SET_DUMPABLE, 0)
    prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if plan.landlock:
        readable = (*visible, work / "submission")
        writable: tuple[Path, ...] = namespaces.DEVICES
        if plan.namespaces:  # elsewhere tmp is on the machine's own disk, which it could fill
            writable = (work / "tmp", *writable)
        landlock.restrict(readable, writable)
    if plan.seccomp:
        seccomp.restrict()


def _limit(name: str, soft: int, hard: int | None = None) -> None:
    number = getattr(resource, name, None)
    if number is None:
        return
    ceiling = resource.getrlimit(number)[1]
    wanted = soft if hard is None else hard
    most = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
    resource.setrlimit(number, (min(soft, most), most))
