"""A process that judges one submission after another: questions come in, reports go out.

Each is a JSON line. Its first line says which isolation there is, or why there is no judging. Its
argument says how to judge, as `Terms` do.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from harness import debug
from harness.engine import Engine
from harness.errors import JudgeError, MachineError, ProblemError, UsageError
from harness.files import read_source, reason
from harness.grading.question import Question
from harness.grading.terms import DEFAULT, Terms
from harness.report import jsondoc
from harness.report.detail import limited_document
from harness.report.document import Ungraded

if TYPE_CHECKING:
    from graders.verdict import Verdict
    from harness.grading.kept import Keeper, Samples
    from harness.problem.library import Library
    from harness.problem.model import Problem
    from harness.report.document import Report


@dataclass(slots=True)
class Worker:
    """Judges submissions with one judge; a problem is loaded once."""

    engine: Engine
    library: Library
    terms: Terms = DEFAULT
    keeper: Keeper | None = None
    _loaded: dict[str, tuple[Problem, list[tuple[Verdict, Path]]]] = field(default_factory=dict)

    def grade(self, question: Question) -> Mapping[str, Any]:
        """The report on a submission, or the document that says why there is none; never raises."""
        try:
            source = question.source
            if source is None:
                source = read_source(question.name)
            text = source.decode("utf-8-sig", "replace")
            id = self.terms.problem or self.library.infer(text)
        except UsageError as error:
            return jsondoc.ungraded(Ungraded(question.name, "file", str(error)))
        return self.judge(source, question.name, id)

    def judge(self, source: bytes, name: str, id: str) -> Mapping[str, Any]:
        """The document on a source, judged by the problem of that id; never raises."""
        try:
            problem, samples = self._load(id)
            document = self._document(source, name, problem, samples)
            return limited_document(document, self.terms.hints)
        except JudgeError as error:
            return jsondoc.ungraded(Ungraded(name, "judge", str(error)))
        except Exception as error:  # one submission must not cost the others their verdict
            debug.show(error)
            text = f"inside the judge: {type(error).__name__}: {reason(error)}"
            return jsondoc.ungraded(Ungraded(name, "judge", text))

    def prepare(self) -> None:
        """Make ready for the version of the problem that the terms name, if they do.

        Raises `ProblemError` when it cannot be judged by, `MachineError` when the machine fails.
        """
        if self.terms.version:
            self.engine.bank(self._load(self.terms.problem)[0])

    def _document(
        self, source: bytes, name: str, problem: Problem, samples: Samples
    ) -> Mapping[str, Any]:
        def judge(shown: bool) -> Report:
            return self.engine.judge(source, name, problem, samples, shown=shown)

        if self.keeper is None:
            return jsondoc.to_document(judge(self.terms.shown))
        return self.keeper.document(source, name, problem, samples, judge)

    def _load(self, id: str) -> tuple[Problem, list[tuple[Verdict, Path]]]:
        if id not in self._loaded:
            problem = self.library.load(id)
            if self.terms.version not in ("", problem.version):
                raise MachineError(f"the files of {id} have changed since judging began")
            self._loaded[id] = problem, self.library.samples(id)
        return self._loaded[id]


def serve(questions: IO[str], answers: IO[str], terms: Terms) -> None:
    """Judge what is asked for until there are no more questions."""
    from harness.problem.library import Library, standard_library

    try:
        with Engine(terms.require, terms.most, warm=True) as engine:
            isolation = engine.isolation()
            library = Library(tuple(map(Path, terms.roots))) if terms.roots else standard_library()
            worker = Worker(engine, library, terms, _keeper(terms))
            worker.prepare()
            _say(answers, {"level": isolation.level, "missing": dict(isolation.missing)})
            for line in questions:
                _say(answers, worker.grade(Question.parse(line)))
    except JudgeError as error:
        _say(answers, {"failed": str(error), "diagnostics": _diagnostics(error)})


def _keeper(terms: Terms) -> Keeper | None:
    if not terms.kept:
        return None
    from harness.grading.kept import opened

    return opened(terms.kept, terms.require, terms.shown)


def _diagnostics(error: JudgeError) -> list[dict[str, Any]]:
    found = error.diagnostics if isinstance(error, ProblemError) else ()
    return [{**asdict(diagnostic), "file": str(diagnostic.file)} for diagnostic in found]


def _say(answers: IO[str], document: Mapping[str, Any]) -> None:
    answers.write(json.dumps(document, allow_nan=False) + "\n")
    answers.flush()


def _end(number: int, frame: object) -> None:
    # SystemExit, unlike the signal's default, lets the judge end the submission it is running. A
    # second signal would interrupt that, or show up while the interpreter ends.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main() -> None:
    """Serve on the standard streams; whatever else is written goes to standard error."""
    signal.signal(signal.SIGTERM, _end)
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    try:
        serve(sys.stdin, answers, Terms.parse(sys.argv[1]))
    except BrokenPipeError:  # who asked was killed; the interpreter would try to write once more
        os._exit(1)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    main()
