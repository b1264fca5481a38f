"""What of the file system a submission may read: the standard library, and what JAX needs."""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

PACKAGES = ("jax", "jaxlib", "optax")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def paths() -> tuple[Path, ...]:
    """Folders and files of the standard library and of the packages, with what those require."""
    found = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    for distribution in _closure(PACKAGES):
        found.update(_top_level(distribution))
    return tuple(sorted(found))


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
