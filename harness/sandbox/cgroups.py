"""Control groups: a limit on what a child takes in all, whatever kind of memory it is.

Version 1 has a hierarchy of groups for each controller, version 2 one for all. A warm parent has a
group in each, named after its process, and in that one a group for each child. See cgroups(7).
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "jaxjudge-"
_MEMORY, _PIDS = "memory", "pids"
_TRIES = 200
_PAUSE_SECONDS = 0.005
_PROCESSES, _ENABLED = "cgroup.procs", "cgroup.subtree_control"
# A thread moves itself at once, a process only after a pause of some milliseconds.
_ENTRANCE = {1: "tasks", 2: _PROCESSES}
_DEATHS = {1: "memory.oom_control", 2: "memory.events"}


@dataclass(frozen=True, slots=True)
class Place:
    """A group in which others can be made, and the controllers they are made for."""

    folder: Path
    version: int
    controllers: tuple[str, ...]

    def limits(self, memory: int, tasks: int) -> Iterator[tuple[str, int, bool]]:
        """Names and values of the files of a group, and whether it is none without them."""
        if _MEMORY in self.controllers and self.version == 1:
            yield "memory.limit_in_bytes", memory, True
            yield "memory.memsw.limit_in_bytes", memory, False
        elif _MEMORY in self.controllers:
            yield "memory.max", memory, True
            yield "memory.swap.max", 0, False
        if _PIDS in self.controllers:
            yield "pids.max", tasks, True


def places(root: Path = Path("/")) -> list[Place]:
    """The groups of this process that limit memory and processes; raises `OSError` without."""
    own = _own_groups(root)
    alone = {name for name in (_MEMORY, _PIDS) if name in own}
    found: dict[Path, list[str]] = {}
    for name in sorted(alone):
        found.setdefault(_folder(root, own, name)[1], []).append(name)
    places = [Place(folder, 1, tuple(names)) for folder, names in found.items()]
    together = tuple(name for name in (_MEMORY, _PIDS) if name not in alone)
    if together:
        places.append(Place(_with_room(*_folder(root, own, ""), together), 2, together))
    return places


def _own_groups(root: Path) -> dict[str, str]:
    """This process's group in each hierarchy, by controller; that of version 2 under no name."""
    groups = {}
    for line in (root / "proc/self/cgroup").read_text().splitlines():
        _, names, path = line.split(":", 2)
        groups.update(dict.fromkeys(names.split(","), path))
    return groups


def _folder(root: Path, own: dict[str, str], controller: str) -> tuple[Path, Path]:
    """Where a hierarchy is mounted, and this process's group in it."""
    for line in (root / "proc/self/mountinfo").read_text().splitlines():
        fields, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        top, mounted = fields.split(" ")[3:5]
        fits = controller in options.split(",") if controller else kind == "cgroup2"
        if fits and kind.startswith("cgroup") and Path(own.get(controller, "")).is_relative_to(top):
            mount = root / Path(mounted).relative_to("/")
            return mount, mount / Path(own[controller]).relative_to(top)
    raise FileNotFoundError("no groups that limit memory and processes are mounted")


def _with_room(mount: Path, group: Path, controllers: tuple[str, ...]) -> Path:
    """The group of version 2 to make others in.

    One that holds processes cannot limit those in it. The group around it can, if it does so
    already, and if nothing is escaped by being in there instead.
    """
    around = group.parent
    if group == mount or _enabled(group, controllers) or not _enabled(around, controllers):
        return group
    try:
        bound = (group / "memory.max").read_text().strip() != "max"
    except OSError:
        bound = True
    return group if bound else around


def _enabled(group: Path, controllers: tuple[str, ...]) -> bool:
    try:
        return set(controllers) <= set((group / _ENABLED).read_text().split())
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one warm parent, held by descriptors: they are reached from any root."""

    bases: tuple[tuple[Place, int], ...]

    @classmethod
    def open(cls, root: Path = Path("/")) -> Groups:
        """Make those of this process; raises `OSError` that says what cannot be done where."""
        clear(root)
        bases: list[tuple[Place, int]] = []
        for place in places(root):
            try:
                bases.append((place, _make_base(place)))
            except OSError as error:
                for _, descriptor in bases:
                    os.close(descriptor)
                text = f"no groups can be made in {place.folder}: {error.strerror}"
                raise OSError(text) from error
        return cls(tuple(bases))

    def enter(self, number: int, memory: int, tasks: int) -> None:
        """Move this process, which must have one thread, into a new group; raises `OSError`."""
        for place, base in self.bases:
            os.mkdir(str(number), dir_fd=base)
            for name, value, needed in place.limits(memory, tasks):
                try:
                    _write(base, f"{number}/{name}", str(value))
                except FileNotFoundError:
                    if needed:
                        raise
            _write(base, f"{number}/{_ENTRANCE[place.version]}", "0")

    def inhabited(self, number: int) -> bool:
        """Whether there are processes in each group of a number."""
        return all(_read(base, f"{number}/{_PROCESSES}").split() for _, base in self.bases)

    def starved(self, number: int) -> bool:
        """Whether the system ended a process of a group for want of memory."""
        for place, base in self.bases:
            if _MEMORY in place.controllers:
                with contextlib.suppress(OSError):
                    lines = _read(base, f"{number}/{_DEATHS[place.version]}").splitlines()
                    return any(line.startswith("oom_kill ") and line[9:] != "0" for line in lines)
        return False

    def end(self, number: int) -> None:
        """End every process in a group, and remove it."""
        for _, base in self.bases:
            with contextlib.suppress(OSError):
                _empty(base, number)
                os.rmdir(str(number), dir_fd=base)


def clear(root: Path = Path("/"), awaited: int = 0) -> None:
    """Remove the groups of warm parents that have ended.

    What a killed one started is about to end as well. That is waited for only for the one with the
    given process id; where it takes longer, its groups are left to whoever comes next.
    """
    try:
        found = places(root)
    except OSError:
        return
    for place in found:
        for base in place.folder.glob(f"{_PREFIX}*"):
            number = base.name.removeprefix(_PREFIX)
            if number.isdecimal() and not _runs(int(number)):
                _discard(base, _TRIES if int(number) == awaited else 1)


def _make_base(place: Place) -> int:
    folder = place.folder / f"{_PREFIX}{os.getpid()}"
    if folder.exists():  # from a process that had the same number before
        _discard(folder, 1)
    if place.version == 2:
        _enable(place.folder, place.controllers)
    folder.mkdir()
    if place.version == 2:
        _enable(folder, place.controllers)
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _enable(folder: Path, controllers: tuple[str, ...]) -> None:
    """Have the groups in a folder limit what they are to."""
    if not _enabled(folder, controllers):
        _write(None, str(folder / _ENABLED), " ".join(f"+{name}" for name in controllers))


def _empty(base: int, number: int) -> None:
    for _ in range(_TRIES):
        processes = _read(base, f"{number}/{_PROCESSES}").split()
        if not processes:
            return
        try:
            _write(base, f"{number}/cgroup.kill", "1")
        except FileNotFoundError:
            for process in processes:
                if process != "0":  # one that cannot be seen from here
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(process), signal.SIGKILL)
        time.sleep(_PAUSE_SECONDS)


def _discard(base: Path, tries: int) -> None:
    with contextlib.suppress(FileNotFoundError):  # another judge clears at the same time
        for group in [path for path in base.iterdir() if path.is_dir()]:
            _remove(group, tries)
        _remove(base, tries)


def _remove(group: Path, tries: int) -> None:
    for _ in range(tries):
        try:
            group.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _read(folder: int, name: str) -> str:
    with open(os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)) as file:
        return file.read()


def _write(folder: int | None, name: str, text: str) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
