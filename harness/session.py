"""One problem and the worker processes that judge by it: what a judge in a program sits on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from harness.engine import LEVELS
from harness.errors import UsageError
from harness.files import SOURCE_LIMIT
from harness.grading.command import cores
from harness.grading.crew import MOST_JOBS, Crew
from harness.grading.hand import Document
from harness.grading.question import Question
from harness.grading.terms import Terms
from harness.problem.library import Library, standard_library
from harness.problem.model import Problem
from harness.report.document import Isolation, Output, Report, Ungraded


@dataclass(frozen=True, slots=True)
class Asked(Question):
    """A submission under way. `source` has no more than it takes to refuse it; `sha256` is all."""

    sha256: str = ""

    @classmethod
    def of(cls, source: str | bytes, name: str) -> Asked:
        """The question about a source; raises `UsageError` for what is neither text nor bytes.

        Names are text.
        """
        if not isinstance(name, str):
            raise UsageError(f"the name of a source is text, not {type(name).__name__}")
        if isinstance(source, str):
            source = source.encode("utf-8", "surrogatepass")
        if not isinstance(source, bytes):
            raise UsageError(f"a source is text or bytes, not {type(source).__name__}")
        return cls(name, source[: SOURCE_LIMIT + 1], hashlib.sha256(source).hexdigest())


@dataclass(slots=True)
class Session:
    """Judges submissions to one problem between `start` and `end`; threads may share it.

    `isolation` is the weakest to judge under, or None for whatever there is; `jobs` how many
    submissions are judged at a time where a call does not say.
    """

    problem: Problem
    library: Library
    isolation: str | None
    jobs: int
    _crew: Crew | None = None

    @classmethod
    def of(cls, problem: str | Path | Problem, isolation: str | None, jobs: int | None) -> Session:
        """A session that has not started; raises `UsageError` and `ProblemError`."""
        if isolation not in (None, *LEVELS):
            raise UsageError(f"isolation is one of {', '.join(LEVELS)}, not {isolation!r}")
        found, library = _found(problem)
        library.samples(found.id)
        return cls(found, library, isolation, checked(jobs, cores()))

    def start(self) -> Crew:
        """Start the first process and make ready; raises `UsageError` when it has started.

        Raises `MachineError` when the machine cannot judge, or not under that isolation, and
        `ProblemError` when the problem cannot be judged by.
        """
        if self._crew is not None:
            raise UsageError("this judge is in use: enter it once, or make another one")
        terms = Terms(
            require=self.isolation or LEVELS[0],
            problem=self.problem.id,
            roots=tuple(map(str, self.library.roots)),
            version=self.problem.version,
        )
        self._crew = Crew(1, terms)
        try:
            self._crew.__enter__()
        except BaseException:
            self._crew = None
            raise
        self._crew.widen(self.jobs)
        return self._crew

    def end(self) -> None:
        """End every process; does nothing in a process that was forked from the one it is for."""
        crew, self._crew = self._crew, None
        if crew is not None:
            crew.__exit__(None, None, None)

    @property
    def crew(self) -> Crew:
        """Who judges; raises `UsageError` when it has not started, or has ended."""
        if self._crew is None:
            raise UsageError("the judge is not running: ask it inside its `with` block")
        return self._crew

    def judge(self, asked: Asked) -> Report:
        """The report on one submission.

        A thread of the crew's own asks: an interrupt must not come between it and its worker.
        """
        with closing(self.crew.answers([asked], 1)) as answers:
            return self.read(*next(answers))

    def judge_many(self, asked: Iterable[Asked], jobs: int) -> Generator[Report, None, None]:
        """The reports on many, as `Crew.answers` has them."""
        return self._reports(self.crew.answers(asked, jobs))

    def _reports(
        self, answers: Generator[tuple[Asked, Document], None, None]
    ) -> Generator[Report, None, None]:
        with closing(answers):
            for asked, document in answers:
                yield self.read(asked, document)

    def read(self, asked: Asked, document: Document) -> Report:
        """The report that an answer is; a `judge_error` where there is none."""
        from harness.report.reading import read

        entry = read(document)
        if isinstance(entry, Ungraded):
            return self._failed(asked, entry.message)
        return replace(entry, name=asked.name, sha256=asked.sha256)

    def _failed(self, asked: Asked, message: str) -> Report:
        from graders.grade import failed
        from graders.subject import Failure, FailureKind

        return Report(
            problem=self.problem.id,
            problem_version=self.problem.version,
            name=asked.name,
            sha256=asked.sha256,
            judgement=failed(self.problem.rubric, Failure(FailureKind.MACHINE, message)),
            isolation=Isolation(self._crew.level if self._crew else ""),
            output=Output(),
            timings={},
            versions={"jaxjudge": version("jaxjudge")},
        )


def checked(jobs: int | None, default: int) -> int:
    """How many at a time; raises `UsageError` for a number there cannot be."""
    if jobs is None:
        return min(default, MOST_JOBS)
    if not isinstance(jobs, int) or not 1 <= jobs <= MOST_JOBS:
        raise UsageError(f"jobs is a number from 1 to {MOST_JOBS}, not {jobs!r}")
    return jobs


def _found(problem: str | Path | Problem) -> tuple[Problem, Library]:
    """A problem and the library it is found in, by its id, its folder or itself."""
    library = standard_library()
    if isinstance(problem, str) and not _is_path(problem, library):
        return library.load(problem), library
    if not isinstance(problem, (str, Path, Problem)):
        raise UsageError(
            f"a problem is an id, the path of a folder or a Problem, not {type(problem).__name__}"
        )
    given = problem.folder if isinstance(problem, Problem) else Path(problem)
    if os.path.isfile(given):
        raise UsageError(f"a problem package is a folder, and {given} is a file: name its folder")
    if not os.path.isfile(given / "problem.toml"):
        raise UsageError(f"there is no problem package in {given}: it has no problem.toml")
    folder = given.resolve()
    if folder.name not in library.ids() or library.folder(folder.name).resolve() != folder:
        library = Library((folder.parent, *library.roots))
    found = library.load(folder.name)
    if isinstance(problem, Problem):
        if (found.version, found.rubric) != (problem.version, problem.rubric):
            raise UsageError(f"the problem {problem.id} is not, or no longer, the one in {given}")
        return problem, library
    return found, library


def _is_path(text: str, library: Library) -> bool:
    if text in library.ids():
        return False
    # Unlike a Path, this knows an answer for a text that can be no path.
    return os.sep in text or os.path.isfile(os.path.join(text, "problem.toml"))
