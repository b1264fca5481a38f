"""One report and the place where it goes."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from harness import console, files
from harness.errors import UsageError
from harness.reporting.request import Request

if TYPE_CHECKING:
    from harness.report.results import Results

_WORKSPACE = "GITHUB_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a report goes, and what is in the file that it is appended to."""

    request: Request
    before: bytes = b""

    @classmethod
    def of(cls, request: Request, submissions: Sequence[str]) -> Target:
        """The target of a request; raises `UsageError` for a place that cannot be written.

        That is also the file of a submission, and any other that could be one.
        """
        if not request.in_file:
            return cls(request)
        path = os.path.realpath(request.path)
        if path.endswith(".py") or path in map(os.path.realpath, submissions):
            raise UsageError(f"cannot write {request.path}: it is, or may be, a submission")
        files.check_writable(request.path)
        if not request.appended or not os.path.exists(request.path):
            return cls(request)
        try:
            return cls(request, Path(request.path).read_bytes())
        except OSError as error:
            raise UsageError(f"cannot read {request.path}: {files.reason(error)}") from None

    def keep(self, results: Results) -> None:
        """Put the report into its file, whole or not at all; raises `UsageError`."""
        if self.request.in_file:
            label = self.request.about.label if self.request.appended else ""
            text = f"{label}{_render(self.request, results)}".rstrip("\n") + "\n"
            files.write_whole(self.request.path, self.before + text.encode("utf-8"))

    def withdraw(self) -> None:
        """Leave the file as it was before."""
        if self.request.appended:
            files.write_whole(self.request.path, self.before)
        elif self.request.in_file:
            os.unlink(self.request.path)

    def say(self, results: Results, environ: Mapping[str, str] = os.environ) -> None:
        """Write to standard output what belongs there."""
        if self.request.about.annotates:
            from harness.report.formats import github

            console.write(github.notes(results, _root(environ)))
        if self.request.path == "-":
            console.write(_render(self.request, results))


def _render(request: Request, results: Results) -> str:
    module = importlib.import_module(f"harness.report.formats.{request.kind}")
    return str(module.render(results))


def _root(environ: Mapping[str, str]) -> str:
    """The way from the repository's root to the current folder."""
    here, root = Path.cwd(), Path(environ.get(_WORKSPACE) or ".").resolve()
    return here.relative_to(root).as_posix() if here.is_relative_to(root) else ""
