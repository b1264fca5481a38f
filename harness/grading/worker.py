"""A process that judges one file after another: paths come in, reports go out, a JSON line each.

Its first line says which isolation there is, or why there is no judging. Its argument says how to
judge, as `Terms` do.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from harness import debug
from harness.engine import Engine
from harness.errors import JudgeError, UsageError
from harness.files import read_source
from harness.grading.terms import DEFAULT, Terms
from harness.report import jsondoc
from harness.report.detail import limited
from harness.report.document import Ungraded

if TYPE_CHECKING:
    from graders.verdict import Verdict
    from harness.problem.library import Library
    from harness.problem.model import Problem


@dataclass(slots=True)
class Worker:
    """Judges files with one judge; a problem is loaded once."""

    engine: Engine
    library: Library
    terms: Terms = DEFAULT
    _loaded: dict[str, tuple[Problem, list[tuple[Verdict, Path]]]] = field(default_factory=dict)

    def grade(self, path: str) -> Mapping[str, Any]:
        """The report on a file, or the document that says why there is none; never raises."""
        try:
            source = read_source(path)
            id = self.terms.problem or self.library.infer(source.decode("utf-8-sig"))
        except UsageError as error:
            return jsondoc.ungraded(Ungraded(path, "file", str(error)))
        try:
            problem, samples = self._load(id)
            report = self.engine.judge(source, path, problem, samples, shown=self.terms.shown)
            return jsondoc.to_document(limited(report, self.terms.hints))
        except JudgeError as error:
            return jsondoc.ungraded(Ungraded(path, "judge", str(error)))
        except Exception as error:  # one file must not cost the others their verdict
            debug.show(error)
            text = f"inside the judge: {type(error).__name__}: {error}"
            return jsondoc.ungraded(Ungraded(path, "judge", text))

    def _load(self, id: str) -> tuple[Problem, list[tuple[Verdict, Path]]]:
        if id not in self._loaded:
            self._loaded[id] = self.library.load(id), self.library.samples(id)
        return self._loaded[id]


def serve(questions: IO[str], answers: IO[str], terms: Terms) -> None:
    """Judge the files that are asked for until there are no more questions."""
    from harness.problem.library import standard_library

    try:
        with Engine(terms.require, terms.most, warm=True) as engine:
            isolation = engine.isolation()
            _say(answers, {"level": isolation.level, "missing": dict(isolation.missing)})
            worker = Worker(engine, standard_library(), terms)
            for line in questions:
                _say(answers, worker.grade(json.loads(line)))
    except JudgeError as error:
        _say(answers, {"failed": str(error)})


def _say(answers: IO[str], document: Mapping[str, Any]) -> None:
    answers.write(json.dumps(document, allow_nan=False) + "\n")
    answers.flush()


def _end(number: int, frame: object) -> None:
    # SystemExit, unlike the signal's default, lets the judge end the submission it is running.
    raise SystemExit(128 + number)


def main() -> None:
    """Serve on the standard streams; whatever else is written goes to standard error."""
    signal.signal(signal.SIGTERM, _end)
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    try:
        serve(sys.stdin, answers, Terms.parse(sys.argv[1]))
    except BrokenPipeError:  # nobody is left to answer
        os._exit(1)


if __name__ == "__main__":
    main()
