"""The reports of one run: complete from its first moment on, whatever becomes of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from harness import console, debug
from harness.errors import JudgeError
from harness.reporting.request import Request
from harness.reporting.target import Target

if TYPE_CHECKING:
    from harness.report.document import Entry
    from harness.report.results import Results

_RUNNING = "the judge was ended before it had finished"


@dataclass(slots=True)
class Reports:
    """Gathers what is judged, and writes it in every form asked for. Use it as a context manager.

    On entering, every file is written as the report of a run that failed, so that one is there when
    the process is killed. On leaving, in whatever way, it is written with what was gathered, and
    with those of the submissions in `names` that were not reached. What is printed to standard
    output meanwhile is no command to a runner, where `requests` has a report made of such commands.
    """

    requests: Sequence[Request]
    names: Sequence[str]
    _targets: list[Target] = field(default_factory=list)
    _entries: dict[str, Entry] = field(default_factory=dict)
    _started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _clock: float = field(default_factory=time.monotonic)
    _token: str = ""
    _why: str = ""

    @property
    def aloud(self) -> bool:
        """Whether a report is written to standard output, where nothing else is to be."""
        return any(request.path == "-" for request in self.requests)

    @property
    def whole(self) -> bool:
        """Whether a report needs statements and programs."""
        return any(request.about.whole for request in self.requests)

    def __enter__(self) -> Self:
        """Write reports that fail; raises `UsageError` when one cannot be written."""
        self._targets = [Target.of(request, self.names) for request in self.requests]
        self._begin()
        if any(request.about.annotates for request in self.requests):
            self._token = secrets.token_hex(16)
            console.write(f"::stop-commands::{self._token}\n")
        return self

    def expect(self, *names: str) -> None:
        """Say that the submissions are others than was thought."""
        if list(names) != list(self.names):
            self.names = names
            self._begin()

    def _begin(self) -> None:
        if self._targets:
            results = self._results(_RUNNING)
            for target in self._targets:
                target.keep(results)

    def withdraw(self) -> None:
        """Leave everything as it was: there is nothing to judge."""
        for target in self._targets:
            target.withdraw()
        self._targets = []

    def add(self, document: Mapping[str, Any]) -> None:
        """Take what is to be said of one submission, as the document that `jsondoc` makes."""
        if self.requests:
            from harness.report.reading import read

            entry = read(document)
            self._entries[entry.name] = entry

    def stopped(self, error: BaseException) -> None:
        """Say why no more will be judged."""
        self._why = _said(error)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write what was gathered; raises `JudgeError` for what fails, unless all failed before."""
        if self._token:
            console.write(f"::{self._token}::\n")
        if not self._targets:
            return
        if error is not None:
            self.stopped(error)
        results = self._results(self._why or "its results were not read to the end")
        failed = [*_failures(Target.keep, self._targets, results)]
        failed += _failures(Target.say, self._targets, results)
        for each in failed:
            debug.show(each)
        if failed and error is None:
            raise failed[0]

    def _results(self, why: str) -> Results:
        from importlib.metadata import version

        from harness.report.document import Ungraded
        from harness.report.jsondoc import line, text
        from harness.report.results import Results

        why = text(why)
        names = [line(name) for name in self.names]
        entries = tuple(
            self._entries.get(name) or Ungraded(name, "judge", f"not judged: {why}")
            for name in names
        )
        return Results(
            entries=entries,
            started=self._started,
            seconds=time.monotonic() - self._clock,
            version=version("jaxjudge"),
            unfinished="" if self._entries.keys() >= set(names) else why,
            statements=dict(self._statements(entries)) if self.whole else {},
        )

    def _statements(self, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
        from harness.problem.library import standard_library
        from harness.report.document import Report

        library = standard_library()
        for id in dict.fromkeys(entry.problem for entry in entries if isinstance(entry, Report)):
            with suppress(JudgeError):
                yield id, library.load(id).statement


def _failures(
    write: Callable[[Target, Results], None], targets: Sequence[Target], results: Results
) -> Iterator[Exception]:
    """Write all targets; what fails for one does not keep the others from being written."""
    for target in targets:
        try:
            write(target, results)
        except Exception as error:
            yield error


def _said(error: BaseException) -> str:
    """Why a run ended before all was judged."""
    if isinstance(error, KeyboardInterrupt):
        return "the judge was interrupted"
    if isinstance(error, SystemExit):
        return "the judge was told to end"
    if isinstance(error, JudgeError):
        return str(error)
    return f"inside the judge: {type(error).__name__}: {error}"
