"""What of the file system a submission may read: the standard library, and what JAX needs."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

PACKAGES = ("jax", "jaxlib", "optax")
# Without it some of the functions XLA calls for reductions fail: they ask for the processor's kind.
PROCESSOR = Path("/proc/cpuinfo")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_ALL_PACKAGES = frozenset({"site-packages", "dist-packages"})


def paths() -> tuple[Path, ...]:
    """Folders and files of the standard library and of the packages, with what those require.

    And the description of the processor, where the system has one.
    """
    found = {path for path in (*_standard_library(), PROCESSOR) if path.exists()}
    for distribution in _closure(PACKAGES):
        found.update(_top_level(distribution))
    return tuple(sorted(found))


def _standard_library() -> Iterator[Path]:
    """Its folders; one that the judge is installed below, with its problems, only in part."""
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    for name in ("stdlib", "platstdlib"):
        folder = Path(sysconfig.get_path(name, vars=base))
        if any((folder / packages / "harness").exists() for packages in _ALL_PACKAGES):
            yield from (path for path in folder.iterdir() if path.name not in _ALL_PACKAGES)
        else:
            yield folder


def _closure(names: tuple[str, ...]) -> Iterator[metadata.Distribution]:
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        yield distribution
        for requirement in distribution.requires or ():
            match = _NAME.match(requirement)
            if match and "extra ==" not in requirement:
                waiting.append(match.group())


def _top_level(distribution: metadata.Distribution) -> Iterator[Path]:
    for file in distribution.files or ():
        if file.parts[0] != "..":
            yield Path(str(distribution.locate_file(file.parts[0])))
