"""What this machine can do for the judge: versions, means of isolation, and what is missing."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import metadata

from harness import kernel
from harness.cache import default_folder
from harness.facts import Fact, FactStatus

Release = tuple[int, ...]
NEEDED: dict[str, tuple[Release, Release | None]] = {
    "jax": ((0, 10), (0, 13)),
    "jaxlib": ((0, 10), (0, 13)),
    "numpy": ((2, 0), None),
    "hypothesis": ((6, 100), None),
}
_SEE_KERNEL = "the box does without; run the judge on a newer Linux kernel to have it"


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
    probes: tuple[tuple[str, Callable[[], str], str, bool], ...] = (
        ("resource limits", kernel.resource_limits, "needed to stop a runaway submission", True),
        ("process groups", kernel.process_groups, "needed to stop a runaway submission", True),
        ("no_new_privs", kernel.no_new_privs, _SEE_KERNEL, False),
        ("landlock", kernel.landlock, f"{_SEE_KERNEL}, with lsm=landlock", False),
        ("seccomp", kernel.seccomp, _SEE_KERNEL, False),
        ("user namespaces", kernel.user_namespaces, kernel.NAMESPACE_ADVICE, False),
        ("cgroups", kernel.cgroups, kernel.CGROUP_ADVICE, False),
    )
    for name, probe, advice, required in probes:
        try:
            yield Fact(name, FactStatus.OK, probe(), required=required)
        except OSError as error:
            reason = error.strerror or str(error)
            yield Fact(name, FactStatus.MISSING, reason, advice, required)
