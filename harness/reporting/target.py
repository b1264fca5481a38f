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
from harness.report.text import defused
from harness.reporting.request import STDOUT, Request

if TYPE_CHECKING:
    from harness.report.results import Results

_WORKSPACE = "GITHUB_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a report goes.

    It is `lasting` where that is a file, which is written whole; a pipe or a device is not.
    `before` is what the file had, None where there was none.
    """

    request: Request
    lasting: bool = False
    before: bytes | None = None

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
        if not os.path.exists(request.path):
            return cls(request, lasting=True)
        if not os.path.isfile(request.path):
            return cls(request)
        return cls(request, lasting=True, before=files.read_file(request.path))

    def keep(self, results: Results) -> None:
        """Put the report into its file, whole or not at all; raises `UsageError`."""
        if self.lasting:
            before = (self.before or b"") if self.request.appended else b""
            if before and not before.endswith(b"\n"):
                before += b"\n"
            files.write_whole(self.request.path, before + self._text(results).encode("utf-8"))

    def withdraw(self) -> None:
        """Leave the file as it was before."""
        if self.lasting and self.before is None:
            os.unlink(os.path.realpath(self.request.path))
        elif self.lasting:
            files.write_whole(self.request.path, self.before or b"")

    def say(self, results: Results, environ: Mapping[str, str] = os.environ) -> None:
        """Write to standard output, or into a pipe or a device, what belongs there."""
        if self.request.about.annotates:
            from harness.report.formats import github

            console.write(github.notes(results, _root(environ)))
        if self.request.path == STDOUT:
            console.write(defused(_render(self.request, results)))
        elif self.request.in_file and not self.lasting:
            files.write_whole(self.request.path, self._text(results))

    def _text(self, results: Results) -> str:
        label = self.request.about.label if self.request.appended else ""
        return f"{label}{_render(self.request, results)}".rstrip("\n") + "\n"


def _render(request: Request, results: Results) -> str:
    module = importlib.import_module(f"harness.report.formats.{request.kind}")
    return str(module.render(results))


def _root(environ: Mapping[str, str]) -> str:
    """The way from the repository's root to the current folder."""
    here, root = Path.cwd(), Path(environ.get(_WORKSPACE) or ".").resolve()
    return here.relative_to(root).as_posix() if here.is_relative_to(root) else ""
