"""The fixture `judge`: a solution's report, to assert on."""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.engine import Engine
from harness.errors import JudgeError
from harness.files import read_source
from harness.problem.library import Library, standard_library
from harness.report.document import Report
from harness.testing.running import running
from harness.testing.wording import failure, fault, rendered


@dataclass(slots=True, eq=False)  # pytest 8 hashes its plugins
class Judge:
    """Judges solutions, and shows their reports with the tests that fail on them.

    A relative path begins at the current folder, or else at pytest's root folder.
    """

    engine: Engine
    library: Library
    root: Path
    _reports: list[Report] = field(default_factory=list)

    def __call__(self, path: str | os.PathLike[str], *, problem: str | None = None) -> Report:
        """The report on a solution to a problem, which is otherwise found by its function.

        Whatever the solution does is a verdict. What cannot be judged fails the test.
        """
        try:
            report = self._judged(os.fspath(path), problem)
        except JudgeError as error:
            raise failure(fault(error)) from None
        self._reports.append(report)
        return report

    def __repr__(self) -> str:
        return "judge"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Add the reports that a failing test has seen, by itself or from its fixtures."""
        said = yield
        if said.failed:
            given = getattr(item, "funcargs", {}).values()
            seen = [*self._reports, *(value for value in given if isinstance(value, Report))]
            for report in {id(report): report for report in seen}.values():
                said.sections.append(("jaxjudge", rendered(report, item.config)))
        if call.when == "teardown":
            self._reports.clear()
        return said

    def _judged(self, path: str, problem: str | None) -> Report:
        source = read_source(self._found(path))
        id = problem or self.library.infer(source.decode("utf-8-sig"), option="problem=")
        problem_, samples = self.library.load(id), self.library.samples(id)
        return self.engine.judge(source, path, problem_, samples)

    def _found(self, path: str) -> str:
        elsewhere = self.root / path
        return str(elsewhere) if elsewhere.exists() and not Path(path).exists() else path


def start(config: pytest.Config) -> Judge:
    """What the fixture gives; fails the test that asks for it when it cannot judge."""
    try:
        judge = Judge(running(config), standard_library(), config.rootpath)
    except JudgeError as error:
        raise failure(fault(error)) from None
    config.pluginmanager.register(judge, "jaxjudge-solutions")
    return judge
