"""What this machine can do for the judge: versions, means of isolation, and what is missing."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Any, cast

from harness.cache import default_folder
from harness.facts import Fact, FactStatus

Release = tuple[int, ...]
NEEDED: dict[str, tuple[Release, Release | None]] = {
    "jax": ((0, 10), (0, 13)),
    "jaxlib": ((0, 10), (0, 13)),
    "numpy": ((2, 0), None),
    "hypothesis": ((6, 100), None),
}
_WEAKER = "submissions are held less tightly: judge only files you trust, or see what is missing"
_NO_CHILDREN = "JAXJUDGE_DEBUG=1 jaxjudge submit FILE shows where"
_NEWER_KERNEL = "run the judge on a newer Linux kernel, on x86_64 or aarch64, to have it"
_ADVICE = {
    "namespaces": "an administrator can allow them: sysctl user.max_user_namespaces and "
    "kernel.apparmor_restrict_unprivileged_userns, or the container's seccomp profile",
    "cgroup": "run the judge as systemd-run --user --scope does, or in a container whose "
    "/sys/fs/cgroup can be written; without it memory is limited process by process",
    "landlock": "it is in Linux 6.2 and newer, where the boot option lsm= includes landlock",
    "seccomp": _NEWER_KERNEL,
}


def examine() -> tuple[Fact, ...]:
    """Every fact, found within about a tenth of a second and without importing JAX."""
    return (*_software(), *_machine(), *_mechanisms())


def _software() -> Iterator[Fact]:
    yield _package("jaxjudge", (0,), None)
    yield Fact("python", FactStatus.OK, platform.python_version())
    yield Fact("interpreter", FactStatus.OK, sys.executable or "unknown")
    for name, (least, below) in NEEDED.items():
        yield _package(name, least, below)


def _package(name: str, least: Release, below: Release | None) -> Fact:
    wanted = f"{name}>={_dotted(least)}" + (f",<{_dotted(below)}" if below else "")
    install = f"install it with: {sys.executable} -m pip install '{wanted}'"
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Fact(name, FactStatus.MISSING, "not installed", install, required=True)
    release = _release(version)
    if release < least or (below is not None and release >= below):
        return Fact(name, FactStatus.BROKEN, f"{version}, not supported", install, required=True)
    return Fact(name, FactStatus.OK, version, required=True)


def _release(version: str) -> Release:
    """The numbers a version starts with: `0.10.2rc1` is (0, 10, 2)."""
    numbers: list[int] = []
    for part in version.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if digits:
            numbers.append(int(digits))
        if digits != part:
            break
    return tuple(numbers)


def _dotted(release: Release) -> str:
    return ".".join(map(str, release))


def _machine() -> Iterator[Fact]:
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    linux = sys.platform == "linux"
    advice = "" if linux else "only Linux has the means to isolate a submission"
    yield Fact("platform", FactStatus.OK if linux else FactStatus.MISSING, system, advice)
    yield _cache()


def _cache() -> Fact:
    """Where references' results are kept between runs; the judge works without, more slowly."""
    folder = default_folder()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        return Fact("cache folder", FactStatus.OK, str(folder))
    advice = "make it writable, or set JAXJUDGE_CACHE to a folder that is"
    return Fact("cache folder", FactStatus.MISSING, f"{folder} cannot be written", advice)


def _mechanisms() -> Iterator[Fact]:
    """The level of isolation, then its mechanisms: those in force, and those that are missing."""
    try:
        plan = _plan()
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        text = f"children cannot be prepared: {error}"
        yield Fact("isolation", FactStatus.BROKEN, text, _NO_CHILDREN, required=True)
        return
    strict = plan["level"] == "strict"
    status = FactStatus.OK if strict else FactStatus.MISSING
    yield Fact("isolation", status, plan["level"], "" if strict else _WEAKER)
    for name in plan["mechanisms"]:
        yield Fact(name, FactStatus.OK, "in force for every submission")
    for name, reason in plan["missing"].items():
        yield Fact(name, FactStatus.MISSING, reason, _ADVICE.get(name, _NEWER_KERNEL))


def _plan() -> dict[str, Any]:
    """What the parent of submissions would do, tried in a process of its own."""
    command = [sys.executable, "-I", "-m", "harness.sandbox.child.examine"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    if done.returncode:
        raise OSError(" ".join(done.stderr.split()[-12:]) or f"exit code {done.returncode}")
    return cast("dict[str, Any]", json.loads(done.stdout))
