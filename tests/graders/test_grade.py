"""From what a subject gives to one judgement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.diagnosis import Mistake
from graders.grade import VERDICTS, Grader, failure_message
from graders.jaxpr.interpret import Broken
from graders.jaxpr.model import Array, ArrayType, Equation, Leaf, Program
from graders.rubric import Hint, Limits, Rubric, Structure
from graders.steps import Step
from graders.subject import DeviceRun, Failure, FailureKind, Trace
from graders.verdict import Judgement, Status, Verdict, Where
from tests.graders.exercise import (
    RUBRIC,
    FakeSubject,
    bank,
    gradient,
    judged,
    mistake,
    reference,
    traces,
    unrolled,
)
from tests.graders.programs import SCALAR, Builder
from tests.graders.varied import (
    FIT,
    PARITY,
    SEARCH,
    SUMS,
    WALK,
    fit,
    parity,
    search,
    sums,
    walk,
)


def only_first(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return w - lr * gradient(w, xs[0], ys[0])


def statuses(judgement: Judgement) -> list[str]:
    return [check.status.value for check in judgement.checks]


def test_the_reference_is_accepted() -> None:
    found = judged(reference)
    assert found.verdict is Verdict.ACCEPTED
    assert (found.score, found.max_score) == (100, 100)
    assert found.counterexample is None
    assert found.evidence.arithmetics == ("float64", "exact", "float32")
    assert found.evidence.exact is True
    assert found.evidence.xla_device == "cpu"
    assert found.evidence.batches == RUBRIC.batches


def test_the_right_result_built_otherwise_is_wrong_structure() -> None:
    found = judged(unrolled)
    assert found.verdict is Verdict.WRONG_STRUCTURE
    assert (statuses(found), found.score) == (["passed", "failed"], 60)


def test_a_wrong_result_is_explained() -> None:
    found = judged(only_first, mistake("first", "Only the first step is taken.", only_first))
    assert found.verdict is Verdict.WRONG_ANSWER
    assert found.score == 0
    finding = found.checks[0].findings[0]
    assert finding.code == "value"
    assert finding.message.startswith("wrong on ")
    assert finding.cause == "Only the first step is taken."
    assert found.counterexample is not None
    assert found.counterexample.dimensions["N"] == 2
    assert found.evidence.xla_device is None


def test_a_result_of_another_type_is_explained_by_types() -> None:
    found = judged(lambda *args: (reference(*args), 0.0))
    assert found.verdict is Verdict.WRONG_ANSWER
    assert found.checks[0].findings[0].code == "structure"
    assert found.checks[0].findings[0].hint == ""
    assert found.counterexample is not None


@pytest.mark.parametrize("kind", list(FailureKind))
def test_every_failure_has_its_verdict(kind: FailureKind) -> None:
    found = judged(FakeSubject(instead=Failure(kind, "so it was", where=Where(3))))
    assert found.verdict is VERDICTS[kind] is not Verdict.ACCEPTED
    assert statuses(found) == ["error", "skipped", "skipped"]
    assert found.checks[0].findings[0].code == kind.value
    assert found.checks[0].findings[0].where == Where(3)
    assert (found.score, found.max_score) == (0, 100)


def test_hints_of_the_problem_come_first() -> None:
    hint = Hint("*", "odd", "odd", "Even it out.")
    subject = FakeSubject(
        instead=Failure(FailureKind.RAISED, "odd", "ValueError"),
        rubric=replace(RUBRIC, hints=(hint,)),
    )
    assert judged(subject).checks[0].findings[0].hint == "Even it out."


@pytest.mark.parametrize(
    ("failure", "text"),
    [
        (Failure(FailureKind.TIME, " too long "), "too long"),
        (Failure(FailureKind.RAISED, "no", "KeyError"), "KeyError: no"),
        (Failure(FailureKind.RAISED, "", "KeyError"), "KeyError"),
        (
            Failure(FailureKind.RAISED, "no", stage="trace", dimensions=(("N", 2), ("B", 3))),
            "no (while tracing with N=2, B=3)",
        ),
        (
            Failure(FailureKind.RAISED, "no", stage="run", dimensions=(("N", 2),)),
            "no (while running with N=2)",
        ),
    ],
)
def test_what_happened_is_said_in_a_line(failure: Failure, text: str) -> None:
    assert failure_message(failure) == text


def test_a_failure_on_the_device_is_the_verdict() -> None:
    found = judged(FakeSubject(runs=Failure(FailureKind.MEMORY, "too much", stage="run")))
    assert found.verdict is Verdict.MEMORY_LIMIT_EXCEEDED


def overflowing(*args: Any) -> Any:
    return reference(*args) * 1e30 * 1e30 / 1e30 / 1e30


def test_what_is_right_in_float64_must_be_right_in_float32_too() -> None:
    found = judged(overflowing)
    assert found.verdict is Verdict.WRONG_ANSWER
    assert found.checks[0].findings[0].code == "float32"
    assert found.counterexample is not None
    assert found.counterexample.arithmetic == "float32 on XLA"
    assert found.counterexample.got in ("inf", "-inf", "nan")
    assert found.evidence.xla_device == "cpu"


def test_every_wrong_value_of_the_device_is_shown() -> None:
    pair = tuple(np.asarray(value, np.float32) for value in (1, 2))
    found = judged(FakeSubject(runs=[DeviceRun(next(iter(bank().device)), pair)]))
    assert found.counterexample is not None
    assert found.counterexample.got == "(1, 2)"


def test_a_subject_that_names_no_device_has_run_on_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeSubject, "device", lambda self: "")
    assert judged(reference).evidence.arithmetics == ("float64", "exact")


def never_ends(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.while_loop(lambda c: c < jnp.inf, lambda c: c * 1, w)


def test_a_program_that_never_ends_exceeds_the_time_limit() -> None:
    limited = replace(RUBRIC, limits=Limits(equations=10_000))
    found = judged(FakeSubject(never_ends, limited))
    assert found.verdict is Verdict.TIME_LIMIT_EXCEEDED
    assert "may never end" in found.checks[0].message


def test_a_program_that_holds_too_much_exceeds_the_memory_limit() -> None:
    found = judged(lambda w, lr, xs, ys: w + jnp.sum(jnp.zeros((1 << 15, 1 << 15))))
    assert found.verdict is Verdict.MEMORY_LIMIT_EXCEEDED
    assert found.checks[0].message.startswith("the program holds more than")


def by_hand(program: Program) -> FakeSubject:
    """A subject that gives the same program for every shape, whatever the shape."""
    return FakeSubject(
        instead=[Trace(found.dimensions, program, Leaf(SCALAR)) for found in traces(reference)]
    )


def doubling() -> Program:
    program = Builder(SCALAR).gives()
    for _ in range(50):
        builder = Builder(SCALAR)
        builder.many("call", [], *builder.inputs, jaxpr=program)
        builder.many("call", [], *builder.inputs, jaxpr=program)
        program = builder.gives()
    return program


def test_a_program_too_long_to_write_out_exceeds_the_memory_limit() -> None:
    found = judged(by_hand(doubling()))
    assert found.verdict is Verdict.MEMORY_LIMIT_EXCEEDED
    assert "once its calls are written out" in found.checks[0].message


def test_a_program_that_is_not_well_formed_is_a_runtime_error() -> None:
    builder = Builder(SCALAR)
    broken = builder.gives(builder.one("reshape", SCALAR, *builder.inputs, axes="?"))
    found = judged(by_hand(broken))
    assert found.verdict is Verdict.RUNTIME_ERROR
    assert "not well formed" in found.checks[0].message


@pytest.mark.parametrize(
    ("primitive", "noticed", "said"),
    [
        ("transpose", ["KeyError"], "cannot be evaluated (KeyError); if it is as JAX made it"),
        ("concatenate", [], "does not give what it declares"),
    ],
)
def test_what_no_rule_expected_is_noticed_and_said(
    primitive: str, noticed: list[str], said: str
) -> None:
    found: list[str] = []

    def notice(error: Exception) -> None:
        assert isinstance(error, Broken)
        found.append(type(error.fault).__name__)

    builder = Builder(SCALAR)
    pair = ArrayType("float32", (2,))
    program = builder.gives(builder.one(primitive, pair, *builder.inputs, dimension=0))
    judgement = Grader(RUBRIC, bank(), notice=notice).grade(by_hand(program), ())
    assert judgement.verdict is Verdict.RUNTIME_ERROR
    assert said in judgement.checks[0].message
    assert found == noticed


class FakeOracle:
    """Evaluates `unheard_of as the identity, if anything."""

    def __init__(self, *, knows: bool) -> None:
        self.knows = knows

    def evaluate(self, equation: Equation, inputs: Sequence[Array]) -> tuple[Array, ...]:
        if not self.knows:
            raise LookupError
        return tuple(inputs)

    def used(self) -> tuple[str, ...]:
        return ("unheard_of",) if self.knows else ()


def with_unheard_of(function: Any, rubric: Rubric = RUBRIC) -> FakeSubject:
    """The programs of a function, with an operation nobody knows put before their results."""

    def extended(program: Program) -> Program:
        builder = Builder()
        result = builder.one("unheard_of", SCALAR, program.outputs[0])
        return replace(
            program, equations=(*program.equations, *builder.equations), outputs=(result,)
        )

    programs = [replace(t, program=extended(t.program)) for t in traces(function, rubric)]
    return FakeSubject(function, rubric, programs)


@pytest.mark.parametrize("oracle", [None, FakeOracle(knows=False)])
def test_what_nobody_can_evaluate_is_not_the_learners_fault(oracle: FakeOracle | None) -> None:
    found = judged(with_unheard_of(reference), oracle=oracle)
    assert found.verdict is Verdict.JUDGE_ERROR
    assert "unheard_of" in found.checks[0].message


def test_an_oracle_makes_up_for_a_missing_rule() -> None:
    found = judged(with_unheard_of(reference), oracle=FakeOracle(knows=True))
    assert found.verdict is Verdict.ACCEPTED
    assert found.evidence.exact is None
    assert found.evidence.xla_primitives == ("unheard_of",)


def test_a_program_without_a_scan_is_wrongly_built_whatever_it_computes() -> None:
    found = judged(with_unheard_of(unrolled))
    assert found.verdict is Verdict.WRONG_STRUCTURE
    assert statuses(found) == ["skipped", "failed"]
    assert found.checks[0].message == "not evaluated: no rule for the primitive unheard_of"


def test_what_nobody_can_evaluate_but_is_built_as_asked_is_not_the_learners_fault() -> None:
    free = replace(RUBRIC, structure=Structure())
    found = judged(with_unheard_of(unrolled, free))
    assert found.verdict is Verdict.JUDGE_ERROR


def calls_back(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return jax.pure_callback(lambda v: v, jax.ShapeDtypeStruct((), jnp.float32), w)


def test_a_callback_is_wrongly_built_and_not_evaluated() -> None:
    found = judged(calls_back)
    assert found.verdict is Verdict.WRONG_STRUCTURE
    assert found.checks[0].status is Status.SKIPPED
    assert found.checks[1].findings[0].code == "host_callback"


def of_kind(function: Any, rubric: Rubric, wanted: Any, *mistakes: Mistake) -> Judgement:
    return judged(FakeSubject(function, rubric, wanted=wanted), *mistakes)


KINDS = [(FIT, fit), (WALK, walk), (SEARCH, search), (PARITY, parity), (SUMS, sums)]


@pytest.mark.parametrize(("rubric", "function"), KINDS, ids=[r.entry for r, _ in KINDS])
def test_exercises_of_other_kinds_are_accepted_and_refused(rubric: Rubric, function: Any) -> None:
    assert of_kind(function, rubric, function).verdict is Verdict.ACCEPTED

    def wrong(*args: Any) -> Any:
        return jax.tree.map(lambda v: ~v if v.dtype == bool else v + 1, function(*args))

    found = of_kind(wrong, rubric, function)
    assert found.verdict is Verdict.WRONG_ANSWER
    assert found.checks[1].status is Status.PASSED
    assert found.counterexample is not None
    assert found.counterexample.arguments.keys() == set(rubric.signature.names)


def half_fit(*args: Any) -> Any:
    params, losses = fit(*args)
    return {**params, "b": params["b"] * 2}, losses


def test_a_wrong_result_among_several_is_recognised_and_shown() -> None:
    known = mistake("double", "The bias is doubled.", half_fit, FIT, fit)
    found = of_kind(half_fit, FIT, fit, known)
    assert found.checks[0].findings[0].cause == "The bias is doubled."
    assert found.counterexample is not None
    assert found.counterexample.got.startswith("({'b': ")


def test_one_of_several_results_that_overflows_in_float32_is_shown_with_the_others() -> None:
    def large(*args: Any) -> Any:
        params, losses = fit(*args)
        return params, losses * 1e30 * 1e30 / 1e30 / 1e30

    found = of_kind(large, FIT, fit)
    assert found.checks[0].findings[0].code == "float32"
    assert found.counterexample is not None
    assert found.counterexample.got.startswith("({'b': ")
    assert re.search("inf|nan", found.counterexample.got)
    assert found.counterexample.expected.startswith("({'b': ")


def test_a_result_in_another_container_is_explained() -> None:
    found = of_kind(lambda *args: list(fit(*args)), FIT, fit)
    assert found.verdict is Verdict.WRONG_ANSWER
    (finding,) = found.checks[0].findings
    assert finding.code == "structure"
    assert finding.message.startswith("expected a tuple of 2: ({'b': float32[], 'w': float32[]}")
    assert "got a list of 2: [{'b': float32[], 'w': float32[]}" in finding.message


def steps(function: FakeSubject | Callable[..., Any]) -> list[str]:
    seen: list[str] = []

    def watcher(step: Step, known: Mapping[str, Status]) -> None:
        seen.append(" ".join([step, *(f"{name}={status}" for name, status in known.items())]))

    judged(function, watcher=watcher)
    return seen


def test_whoever_watches_is_told_of_each_step_and_what_is_known_by_then() -> None:
    compared = ["tracing", "comparing", "structure correctness=passed"]
    assert steps(reference) == [*compared, "device correctness=passed structure=passed"]
    assert steps(unrolled) == [*compared, "device correctness=passed structure=failed"]
    assert steps(only_first)[2:] == [
        "structure correctness=failed",
        "explaining correctness=failed structure=failed",
    ]
    assert steps(FakeSubject(instead=Failure(FailureKind.TIME, "too long"))) == ["tracing"]
