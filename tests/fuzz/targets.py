"""What reads bytes of a submission's making. Each target returns, or the judge has a fault.

A target calls the judge's code as the judge does, with the small limits of a test, and lets through
every exception that the judge would not expect there.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from graders.bank import Bank
from graders.grade import Grader
from graders.jaxpr.decode import decode
from graders.jaxpr.interpret import (
    Broken,
    Budget,
    BudgetExceeded,
    Evaluator,
    TooLarge,
    Unsupported,
)
from graders.jaxpr.normalize import TooLong, normalize
from graders.jaxpr.wireform import Malformed
from graders.rubric import Rubric
from graders.subject import Failure, FailureKind
from graders.verdict import Verdict
from harness.bank import job
from harness.engine import Engine
from harness.problem.library import standard_library
from harness.sandbox.limits import ChildLimits
from harness.sandbox.subject import SandboxedSubject, _Reading
from harness.sandbox.wire import FrameReader, unpack_arrays
from tests.fuzz.mutate import join, split

CORPUS = Path(__file__).parent / "corpus"
_OUTCOMES = (Broken, BudgetExceeded, TooLarge, TooLong, Unsupported)
_EQUATIONS, _ELEMENTS = 20_000, 1 << 18


def read_program(data: bytes) -> bool:
    """Decode, normalise and evaluate; whether there was a result."""
    try:
        program = normalize(decode(data))
        budget = Budget(equations=_EQUATIONS, elements=_ELEMENTS, largest=_ELEMENTS)
        run = Evaluator(budget=budget).prepare(program)
        run([np.ones(v.type.shape, "float32") for v in program.inputs if v.type.size < _ELEMENTS])
    except (Malformed, *_OUTCOMES):
        return False
    return True


def read_frames(data: bytes) -> None:
    """Cut into frames, at an odd place, and take arrays out of each."""
    reader = FrameReader()
    try:
        for part in (data[: len(data) // 3], data[len(data) // 3 :]):
            for frame in reader.feed(part):
                unpack_arrays(frame.header.get("types"), frame.payload)
    except Malformed:
        return


@dataclass(frozen=True, slots=True)
class Case:
    """A problem with few small shapes, and the bank it is graded on."""

    rubric: Rubric
    bank: Bank

    def read_session(self, data: bytes) -> Verdict:
        """Take the bytes for all a child ever answered, and grade what was in them."""
        with tempfile.TemporaryDirectory() as folder:
            parent = cast(Any, SimpleNamespace(folder=Path(folder), kill=lambda number: None))
            subject = SandboxedSubject(parent, ChildLimits())
            subject._state = _Reading(job(self.rubric, self.bank.shapes, self.bank), ["a", "b"])
            assert subject._answer(data) in (True, False)
            subject._fail(Failure(FailureKind.EXITED, "it ended"))
            judgement = Grader(self.rubric, self.bank).grade(subject, ["a", "b"])
            subject.close()
        return judgement.verdict

    def sessions(self) -> list[bytes]:
        """The recorded sessions, with the device's results being right for this bank's batches.

        Which batches hypothesis draws depends on the modules that are loaded.
        """
        return [b"".join(map(self._right, split(data))) for data in seeds("sessions")]

    def _right(self, frame: tuple[bytes, bytes]) -> bytes:
        header = json.loads(frame[0])
        if header["kind"] != "values":
            return join(frame)
        return join((frame[0], self.bank.device[header["batch"]][0].astype("<f4").tobytes()))


def make_case() -> Case:
    """The training step with shapes of at most three, its limits lowered."""
    problem = standard_library({}).load("scan_training_step")
    rubric = problem.rubric
    small = replace(
        rubric,
        batches=40,
        dimensions=tuple(replace(dimension, max=3) for dimension in rubric.dimensions),
        limits=replace(rubric.limits, equations=_EQUATIONS),
    )
    with Engine(most="basic") as judge:
        bank = judge.bank(replace(problem, version=f"{problem.version}-fuzz", rubric=small))
    return Case(small, bank)


def seeds(kind: str) -> list[bytes]:
    """The committed corpus: `programs` or `sessions`."""
    return [path.read_bytes() for path in sorted((CORPUS / kind).iterdir())]
