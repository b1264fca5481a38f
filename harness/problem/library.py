"""Finds problems on disk: the built-in ones, and those in folders the user names."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graders.verdict import Verdict
from harness.errors import ProblemError, UsageError
from harness.problem.diagnostics import Diagnostics, near
from harness.problem.package import LONGEST_CHAIN
from harness.problem.source import defined_names

if TYPE_CHECKING:
    from harness.problem.model import Problem

VARIABLE = "JAXJUDGE_PROBLEMS"
_PACKAGE = Path(__file__).resolve().parent.parent


class Answerable(Protocol):
    """Problems that a file may answer, wherever they are."""

    def entry(self, id: str) -> str | None:
        """The function a problem asks for, if that is known; raises `UsageError` for none such."""
        ...

    def entries(self) -> dict[str, list[str]]:
        """The ids of the problems that ask for a function, by the function's name."""
        ...

    def infer(self, source: str, option: str = "--problem") -> str:
        """The id of the problem that a source answers; raises `UsageError`."""
        ...


@dataclass(frozen=True, slots=True)
class Library:
    """Folders of problem packages; of two packages with one id, the earlier folder's counts.

    The labelled samples of a folder's problems are in `submissions/` beside that folder.
    """

    roots: tuple[Path, ...]

    def ids(self) -> tuple[str, ...]:
        """The ids of all problems, sorted."""
        return tuple(sorted(self._folders()))

    def folder(self, id: str) -> Path:
        """Where a problem's package is; raises `UsageError` for an unknown id."""
        folders = self._folders()
        if id not in folders:
            raise unknown(id, folders)
        return folders[id]

    def load(self, id: str) -> Problem:
        """A problem; raises `UsageError` for an unknown id and `ProblemError` for its mistakes."""
        from harness.problem.load import load_problem  # so that looking up needs no checks

        return load_problem(self.folder(id), self._folders())

    def chain(self, id: str) -> list[Path]:
        """The folders of a problem and of those it extends, its own first.

        Raises `UsageError` for an unknown id.
        """
        self.folder(id)
        return [folder for folder, _ in _chain(id, self._folders())]

    def samples(self, id: str) -> list[tuple[Verdict, Path]]:
        """A problem's labelled submissions, each with the verdict its folder promises.

        Raises `UsageError` for an unknown id, `ProblemError` for a folder that names no verdict.
        """
        folder = samples_folder(self.folder(id))
        diagnostics = Diagnostics(folder)
        found = []
        for path in sorted(folder.glob("*/*.py")):
            label = path.parent.name
            if label in tuple(Verdict):
                found.append((Verdict(label), path))
            else:
                message = f"expected a folder named after a verdict, found {label}"
                diagnostics.file(f"{label}/{path.name}", message, suggestion=near(label, Verdict))
        if diagnostics.found:
            raise ProblemError(diagnostics.found)
        return found

    def infer(self, source: str, option: str = "--problem") -> str:
        """The id of the problem whose function a file defines, found without running the file.

        Raises `UsageError` when the file defines the function of no problem, or of several; it says
        that they would be told apart with `option`.
        """
        return inferred(source, self.entries(), option)

    def _folders(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for root in self.roots:
            for toml in sorted(root.glob("*/problem.toml")):
                found.setdefault(toml.parent.name, toml.parent)
        return found

    def entry(self, id: str) -> str | None:
        """The function a problem asks for; None where only loading it can say what is wrong.

        Raises `UsageError` for an unknown id.
        """
        self.folder(id)
        return _entry(id, self._folders())

    def entries(self) -> dict[str, list[str]]:
        """The ids of the problems that ask for a function, by the function's name."""
        entries: dict[str, list[str]] = {}
        folders = self._folders()
        for id in folders:
            if (entry := _entry(id, folders)) is not None:
                entries.setdefault(entry, []).append(id)
        return entries


def inferred(source: str, entries: Mapping[str, list[str]], option: str) -> str:
    """The id of the problem whose function a source defines, of those in `Library.entries`.

    Raises `UsageError` as `Library.infer` does.
    """
    names = defined_names(source)
    fitting = sorted({id for name in names for id in entries.get(name, ())})
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"the file answers {_listed(fitting)}: say which with {option}")
    raise UsageError(_unanswered(names, entries, option))


def unknown(id: str, known: Mapping[str, object]) -> UsageError:
    """The error for an id that no problem has, with the nearest one or those that there are."""
    close = near(id, known)
    advice = f"did you mean {close}?" if close else f"there are: {_listed(known)}"
    return UsageError(f"there is no problem {id!r}; {advice}")


def samples_folder(package: Path) -> Path:
    """Where the labelled submissions of the problem in a folder are."""
    return package.parent.parent / "submissions" / package.name


def standard_library(environ: Mapping[str, str] = os.environ) -> Library:
    """The folders in the environment variable `JAXJUDGE_PROBLEMS`, then the built-in one.

    Raises `UsageError` when the variable names something that is not a folder.
    """
    extra = [Path(text) for text in environ.get(VARIABLE, "").split(os.pathsep) if text]
    for root in extra:
        if not root.is_dir():
            raise UsageError(f"{VARIABLE} names {root}, which is not a folder")
    return Library((*(root.resolve() for root in extra), built_in()))


def built_in() -> Path:
    """The folder of built-in problems: in the installed package, or else in the source checkout."""
    installed = _PACKAGE / "library" / "problems"
    return installed if installed.is_dir() else _PACKAGE.parent / "problems"


def _entry(id: str, folders: Mapping[str, Path]) -> str | None:
    for _, raw in _chain(id, folders):
        if (found := raw.get("entry")) is not None:
            return found if isinstance(found, str) else None
    return None


def _chain(id: str, folders: Mapping[str, Path]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The folders of a problem and of those it extends, with what is in their `problem.toml`."""
    for _ in range(LONGEST_CHAIN):
        if not isinstance(id, str) or id not in folders:
            return
        try:
            raw = tomllib.loads((folders[id] / "problem.toml").read_text("utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            return
        yield folders[id], raw
        id = raw.get("extends", "")


def _unanswered(names: tuple[str, ...], entries: Mapping[str, list[str]], option: str) -> str:
    for name in names:
        if meant := near(name, entries):
            return f"the file defines {name[:80]}, which no problem asks for: did you mean {meant}?"
    wanted = _listed(sorted(entries))
    return (
        f"the file defines no function that a problem asks for ({wanted}): name one with {option}"
    )


def _listed(names: Mapping[str, object] | list[str], most: int = 8) -> str:
    listed = list(names)
    rest = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {rest} more" if rest > 0 else "") or "none"
