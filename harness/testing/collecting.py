"""Every problem.toml as tests: the package, its reference, its starter and its labelled samples."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graders.verdict import Verdict
from harness.errors import JudgeError, MachineError, ProblemError
from harness.files import displayed, read_source
from harness.problem.library import Library, samples_folder, standard_library
from harness.testing.wording import failure, fault, rendered

if TYPE_CHECKING:
    from harness.engine import Engine
    from harness.problem.model import Problem
    from harness.report.document import Report

Samples = Sequence[tuple[Verdict, Path]]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ProblemFile | None:
    """The problem in a folder that pytest looks through."""
    if file_path.name != "problem.toml":
        return None
    return ProblemFile.from_parent(parent, path=file_path)


class ProblemFile(pytest.File):
    """A problem.toml. Problems of its own folder come before all others, also for `extends`.

    `refused` says where its mistakes are listed, once a test has come upon them.
    """

    refused: str = ""

    def collect(self) -> Iterator[pytest.Item]:
        """Its tests, found without reading a file."""
        folder = self.path.parent
        yield PackageItem.from_parent(self, name="package", file=self.path)
        yield JudgedItem.from_parent(self, name="reference", file=folder / "reference.py")
        yield StarterItem.from_parent(self, name="starter", file=folder / "starter.py")
        for path in sorted(samples_folder(folder).glob("*/*.py")):
            label = path.parent.name
            name = f"{label}/{path.name}"
            yield JudgedItem.from_parent(self, name=name, file=path, expected=label)

    @cached_property
    def loaded(self) -> tuple[Problem, Samples]:
        """The problem and its samples; raises `JudgeError` for mistakes in them."""
        library = Library((self.path.parent.parent, *standard_library().roots))
        id = self.path.parent.name
        return library.load(id), library.samples(id)


class ProblemItem(pytest.Item):
    """A test of a problem, about one of its files."""

    def __init__(self, *, file: Path, **rest: Any) -> None:
        super().__init__(**rest)
        self.file = file

    @property
    def problem_file(self) -> ProblemFile:
        """The problem.toml that it belongs to."""
        assert isinstance(self.parent, ProblemFile)
        return self.parent

    def failed(self, error: JudgeError) -> BaseException:
        """What to raise for an error: mistakes are listed by the first test that meets them."""
        if isinstance(error, ProblemError):
            title = str(error).partition(":\n")[0]
            self.problem_file.refused = f"{title}, listed with {self.nodeid}"
        return failure(fault(error))

    def reportinfo(self) -> tuple[os.PathLike[str], int, str]:
        """Where it is, and its title."""
        return self.file, 0, f"{self.path.parent.name}: {self.name}"


class PackageItem(ProblemItem):
    """The package and its samples load without a mistake."""

    def runtest(self) -> None:
        """Load it."""
        try:
            _ = self.problem_file.loaded
        except JudgeError as error:
            raise self.failed(error) from None


class JudgedItem(ProblemItem):
    """A file of the problem gets the verdict that is expected."""

    report: Report

    def __init__(self, *, expected: str = Verdict.ACCEPTED, **rest: Any) -> None:
        super().__init__(**rest)
        self.expected = expected

    def setup(self) -> None:
        """Judge it, so that what keeps it from being judged is an error, and no failed test."""
        if self.problem_file.refused:
            raise failure(self.problem_file.refused)
        try:
            problem, samples = self.problem_file.loaded
            source = self.source(problem)
            name = displayed(self.file)
            self.report = self.engine().judge(source, name, problem, samples)
        except JudgeError as error:
            raise self.failed(error) from None

    def runtest(self) -> None:
        """Compare the verdict."""
        verdict = self.report.judgement.verdict
        if not self.fits(verdict):
            said = f"expected {self.expected}, found {verdict}: {self.report.name}"
            raise failure(f"{said}\n\n{rendered(self.report, self.config)}")

    def engine(self) -> Engine:
        """A running engine; where there can be none, this is the last test of the session."""
        from harness.testing.running import running

        try:
            return running(self.config)
        except MachineError:
            self.session.shouldstop = "nothing can be judged on this machine"
            raise

    def source(self, problem: Problem) -> bytes:
        """What to judge."""
        return read_source(str(self.file))

    def fits(self, verdict: Verdict) -> bool:
        """Whether a verdict is the expected one."""
        return verdict == self.expected


class StarterItem(JudgedItem):
    """The starter, written or made from problem.toml, is not an answer yet."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(expected="any verdict but accepted", **rest)

    def source(self, problem: Problem) -> bytes:
        """What learners start with."""
        return problem.starter.encode()

    def fits(self, verdict: Verdict) -> bool:
        """Whether it still leaves something to do."""
        return verdict is not Verdict.ACCEPTED
