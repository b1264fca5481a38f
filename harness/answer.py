"""Which file of a folder is the answer to a problem, found without running any."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from harness.errors import UsageError
from harness.files import read_source
from harness.grading.collect import collect
from harness.problem.source import defined_names

if TYPE_CHECKING:
    from harness.problem.library import Answerable

_LISTED = 5


def chosen(path: str, library: Answerable, problem_id: str | None) -> str:
    """The path itself, or for a folder the one Python file below it that answers a problem.

    Raises `UsageError` when there is none, or more than one.
    """
    if not os.path.isdir(path):
        return path
    files = collect([path])
    found = files if len(files) == 1 else answers(files, library, problem_id)
    if len(found) == 1:
        return found[0]
    asked = f"the problem {problem_id}" if problem_id else "a problem"
    if found:
        raise UsageError(f"several files in {path} answer {asked}: {_listed(found)}; name one")
    raise UsageError(f"no file in {path} answers {asked}: there are {_listed(files)}")


def answers(paths: Sequence[str], library: Answerable, problem_id: str | None) -> list[str]:
    """Those of the files that define the function of a problem, or of any."""
    wanted = set(library.entries()) if problem_id is None else {library.entry(problem_id)}
    return [path for path in paths if wanted.intersection(_names(path))]


def _names(path: str) -> Sequence[str]:
    try:
        return defined_names(read_source(path).decode("utf-8-sig"))
    except UsageError:
        return ()


def _listed(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _LISTED} more" if len(paths) > _LISTED else ""
    return ", ".join(paths[:_LISTED]) + more
