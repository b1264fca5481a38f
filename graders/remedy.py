"""Does a changed program return what the reference returns?"""

from __future__ import annotations

from collections.abc import Sequence

from graders.bank import Bank
from graders.correctness import evaluate, mistyped, passes
from graders.jaxpr.interpret import Budget, Evaluator
from graders.jaxpr.many import FAILURES, results
from graders.jaxpr.model import Program
from graders.jaxpr.normalize import TooLong, normalize
from graders.rubric import Rubric
from graders.subject import Dimensions, Trace

_EQUATIONS = 100_000


def heals(rubric: Rubric, bank: Bank, shape: Dimensions, program: Program) -> bool:
    """Whether a program in normal form is right on the batches of one shape."""
    numbers = bank.of_shape(shape)
    given = [bank.batches[number].arguments for number in numbers]
    found = results(program, given, Evaluator(budget=Budget(equations=_EQUATIONS)))
    try:
        return all(passes(rubric, bank, n, v) for n, v in zip(numbers, found, strict=True))
    except FAILURES:
        return False


def right(rubric: Rubric, bank: Bank, traces: Sequence[Trace]) -> bool:
    """Whether the programs of a submission are right on every batch."""
    evaluator = Evaluator(budget=Budget(equations=rubric.limits.equations))
    try:
        normal = {trace.dimensions: normalize(trace.program) for trace in traces}
        wrong = mistyped(rubric, traces) or evaluate(rubric, bank, normal, evaluator).wrong
    except (*FAILURES, TooLong):
        return False
    return not wrong
