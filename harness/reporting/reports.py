"""The reports of one run: complete from its first moment on, whatever becomes of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from harness import console, debug
from harness.errors import JudgeError, MachineError, UsageError
from harness.files import reason
from harness.reporting.request import STDOUT, Request
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
    with those of the submissions in `names` that were not reached; other places are written to
    only then. What is printed to standard output meanwhile is no command to a runner, where
    `requests` has a report made of such commands.
    """

    requests: Sequence[Request]
    names: Sequence[str]
    _targets: list[Target] = field(default_factory=list)
    _entries: list[Entry] = field(default_factory=list)
    _started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _clock: float = field(default_factory=time.monotonic)
    _token: str = ""
    _why: str = ""

    @property
    def aloud(self) -> bool:
        """Whether a report is written to standard output, where nothing else is to be."""
        return any(request.path == STDOUT for request in self.requests)

    @property
    def whole(self) -> bool:
        """Whether a report needs statements and programs."""
        return any(request.about.whole for request in self.requests)

    def __enter__(self) -> Self:
        """Write reports that fail; raises `UsageError` when one cannot be written."""
        self._targets = [Target.of(request, self.names) for request in self.requests]
        try:
            self._begin()
            if any(request.about.annotates for request in self.requests):
                self._token = secrets.token_hex(16)
                console.write(f"::stop-commands::{self._token}\n")
        except BaseException as error:
            self._end(error)
            raise
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
            from harness.report.document import Ungraded
            from harness.report.reading import read

            entry = read(document)
            if isinstance(entry, Ungraded) and entry.kind == "judge":
                entry = replace(entry, message=_discreet(entry.message))
            self._entries.append(entry)

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
        failed = self._end(error) if self.requests else []
        if failed and error is None:
            if isinstance(failed[0], UsageError):  # the place was fit for it in the beginning
                raise MachineError(str(failed[0])) from None
            raise failed[0]

    def _end(self, error: BaseException | None) -> list[Exception]:
        """Write everything as it is in the end; what failed of that."""
        if error is not None:
            self.stopped(error)
        results = self._results(self._why or "its results were not read to the end")
        keep = (partial(target.keep, results) for target in self._targets)
        say = (partial(target.say, results) for target in self._targets)
        failed = [*_failures([*keep, self._resume, *say])]
        for each in failed:
            debug.show(each)
        return failed

    def _resume(self) -> None:
        token, self._token = self._token, ""
        if token:
            console.write(f"::{token}::\n")

    def _results(self, why: str) -> Results:
        from importlib.metadata import version

        from harness.report.document import Ungraded
        from harness.report.jsondoc import line, text
        from harness.report.results import Results

        why = text(why)
        names = [line(name) for name in self.names]
        found = self._found(names)
        entries = tuple(
            entry or Ungraded(name, "judge", f"not judged: {why}")
            for name, entry in zip(names, found, strict=True)
        )
        return Results(
            entries=entries,
            started=self._started,
            seconds=time.monotonic() - self._clock,
            version=version("jaxjudge"),
            unfinished=why if None in found else "",
            statements=dict(self._statements(entries)) if self.whole else {},
        )

    def _found(self, names: Sequence[str]) -> list[Entry | None]:
        """What is known of each submission, None where nothing is.

        Names that differ may be the same once they are clean: each has an entry of its own.
        """
        known: dict[str, list[Entry]] = {name: [] for name in names}
        for entry in reversed(self._entries):
            known.setdefault(entry.name, []).append(entry)
        return [known[name].pop() if known[name] else None for name in names]

    def _statements(self, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
        from harness.problem.library import standard_library
        from harness.report.document import Report

        library = standard_library()
        for id in dict.fromkeys(entry.problem for entry in entries if isinstance(entry, Report)):
            with suppress(JudgeError):
                yield id, library.load(id).statement


def _failures(steps: Iterable[Callable[[], None]]) -> Iterator[Exception]:
    """Take all steps; that one fails does not keep the others from being taken."""
    for step in steps:
        try:
            step()
        except Exception as error:
            yield error


def _said(error: BaseException) -> str:
    """Why a run ended before all was judged."""
    if isinstance(error, KeyboardInterrupt):
        return "the judge was interrupted"
    if isinstance(error, SystemExit):
        return "the judge was told to end"
    if isinstance(error, JudgeError) or not isinstance(error, Exception):
        return _discreet(str(error))
    return f"inside the judge: {type(error).__name__}: {reason(error)}"


def _discreet(message: str) -> str:
    """Why the judge failed, for learners: not which mistakes an author made, nor in which files."""
    title, *more = message.split("\n")
    return f"{title.removesuffix(':')}; whoever runs the judge can see which" if more else title
