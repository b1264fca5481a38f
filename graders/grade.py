"""Orders the graders: from a subject's outcomes to one judgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from graders import correctness, explain, structure
from graders.bank import Bank
from graders.correctness import Results
from graders.diagnosis import Mistake, recognise, resembled
from graders.hints.advice import advice_text
from graders.jaxpr.interpret import Broken, Budget, BudgetExceeded, Evaluator, TooLarge, Unsupported
from graders.jaxpr.model import Program
from graders.jaxpr.normalize import TooLong, normalize
from graders.rubric import Rubric
from graders.slips.repair import Repair
from graders.steps import Step, Watcher, unwatched
from graders.structure import Programs
from graders.subject import Dimensions, Failure, FailureKind, Oracle, Subject, Trace
from graders.verdict import (
    CheckResult,
    Evidence,
    Finding,
    Judgement,
    Status,
    Verdict,
    Where,
    fold,
)

VERDICTS: Mapping[FailureKind, Verdict] = {
    FailureKind.SOURCE: Verdict.INVALID_SUBMISSION,
    FailureKind.MISSING_FUNCTION: Verdict.INVALID_SUBMISSION,
    FailureKind.SYNTAX: Verdict.INVALID_SUBMISSION,
    FailureKind.SIGNATURE: Verdict.INVALID_SUBMISSION,
    FailureKind.RAISED: Verdict.RUNTIME_ERROR,
    FailureKind.EXITED: Verdict.RUNTIME_ERROR,
    FailureKind.CRASHED: Verdict.RUNTIME_ERROR,
    FailureKind.PROTOCOL: Verdict.RUNTIME_ERROR,
    FailureKind.REFUSED: Verdict.RUNTIME_ERROR,
    FailureKind.TIME: Verdict.TIME_LIMIT_EXCEEDED,
    FailureKind.MEMORY: Verdict.MEMORY_LIMIT_EXCEEDED,
    FailureKind.OUTPUT: Verdict.OUTPUT_LIMIT_EXCEEDED,
    FailureKind.MACHINE: Verdict.JUDGE_ERROR,
}


_MESSAGE_LINES = 6
_ASIDES = (
    "The error occurred while tracing",
    "See https://",
    "This concrete value was not",
    "----",
)


def _nothing() -> None:
    """No repair, where nobody looks for one."""


def _ignore(error: Exception) -> None:
    """What a grader that has nobody to tell does with what no rule expected."""


@dataclass(frozen=True, slots=True)
class Grader:
    """Grades submissions to one problem.

    `mistakes` gives the known wrong submissions; it is asked only after a wrong answer, and
    `imitations`, small changes of the reference, only if none of them is recognised, and `repair`,
    a change of the submission with which it is right, only if none of those is. `oracle` evaluates
    what the interpreter has no rule for. `notice` is told of what no rule expected, which may be a
    fault of the rule; `watcher` of each step.
    """

    rubric: Rubric
    bank: Bank
    mistakes: Callable[[], Sequence[Mistake]] = tuple
    imitations: Callable[[], Sequence[Mistake]] = tuple
    repair: Callable[[], Repair | None] = _nothing
    oracle: Oracle | None = None
    notice: Callable[[Exception], None] = _ignore
    watcher: Watcher = unwatched

    def grade(self, subject: Subject, lines: Sequence[str]) -> Judgement:
        """Judge a subject; `lines` is the text of the submission, for pointing at places in it."""
        self.watcher(Step.TRACING, {})
        traces = subject.traces()
        if isinstance(traces, Failure):
            return failed(self.rubric, traces)
        self.watcher(Step.COMPARING, {})
        case = _Case(self, traces, lines, Evaluator(budget=self._budget(), oracle=self.oracle))
        return case.judge(subject)

    def _budget(self) -> Budget:
        return Budget(equations=self.rubric.limits.equations)


def failed(rubric: Rubric, failure: Failure) -> Judgement:
    """The judgement on a submission to a problem that gave no program."""
    verdict = VERDICTS[failure.kind]
    message = failure_message(failure)
    advice = advice_text(failure, rubric.hints)
    finding = Finding(failure.kind.value, message, advice, failure.where)
    checks = (
        CheckResult("program", Status.ERROR, 0, 0, message, (finding,), verdict),
        _skipped("correctness", rubric.points.correctness, "there is no program to run"),
        _skipped("structure", rubric.points.structure, "there is no program to read"),
    )
    return Judgement(verdict, checks)


def failure_message(failure: Failure) -> str:
    """What happened, in a few lines: the exception's own words without what is said of JAX."""
    text = _essential(failure.message)
    if failure.error:
        text = f"{failure.error}: {text}" if text else failure.error
    if failure.dimensions:
        sizes = ", ".join(f"{name}={size}" for name, size in failure.dimensions)
        doing = "running" if failure.stage == "run" else "tracing"
        text = f"{text} (while {doing} with {sizes})"
    return text


def _essential(message: str) -> str:
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    end = next((n for n, line in enumerate(lines) if line.startswith(_ASIDES)), len(lines))
    return "\n".join(lines[: min(end, _MESSAGE_LINES)])


def _skipped(name: str, points: float, why: str) -> CheckResult:
    return CheckResult(name, Status.SKIPPED, 0, points, why)


@dataclass(frozen=True, slots=True)
class _Case:
    """One submission's programs, on their way to a judgement."""

    grader: Grader
    traces: Sequence[Trace]
    lines: Sequence[str]
    evaluator: Evaluator

    def judge(self, subject: Subject) -> Judgement:
        try:
            normal = {trace.dimensions: normalize(trace.program) for trace in self.traces}
            return self._judge(subject, normal)
        except BudgetExceeded:
            what = "the program takes more steps than the limit allows: it may never end"
            return failed(self.grader.rubric, Failure(FailureKind.TIME, what))
        except Broken as error:
            return self._broken(error)
        except (TooLarge, TooLong) as error:
            return failed(self.grader.rubric, Failure(FailureKind.MEMORY, f"the program {error}"))

    def _broken(self, error: Broken) -> Judgement:
        what = f"the program is not well formed: {error}"
        if error.fault is not None:
            self.grader.notice(error)
            what += "; if it is as JAX made it, please report this as a fault of the judge"
        return failed(self.grader.rubric, Failure(FailureKind.PROTOCOL, what))

    def _judge(self, subject: Subject, normal: Mapping[Dimensions, Program]) -> Judgement:
        rubric, bank = self.grader.rubric, self.grader.bank
        programs = Programs({t.dimensions: t.program for t in self.traces}, normal)
        try:
            results = correctness.evaluate(rubric, bank, normal, self.evaluator)
        except Unsupported as error:
            return self._unsupported(error, programs)
        mistyped = correctness.mistyped(rubric, self.traces)
        right = not results.wrong and mistyped is None
        known = {"correctness": Status.PASSED if right else Status.FAILED}
        self.grader.watcher(Step.STRUCTURE, known)
        built = structure.check(rubric, bank, programs, self.evaluator, self.lines, correct=right)
        known = {**known, "structure": built.status}
        self.grader.watcher(Step.DEVICE if right else Step.EXPLAINING, known)
        if not right:
            return self._wrong(results, normal, built)
        return self._on_device(subject, results, built)

    def _on_device(self, subject: Subject, results: Results, built: CheckResult) -> Judgement:
        rubric, bank = self.grader.rubric, self.grader.bank
        runs = subject.device_runs()
        if isinstance(runs, Failure):
            return failed(self.grader.rubric, runs)
        points = rubric.points.correctness
        evidence = self._evidence(results, subject.device())
        failing = correctness.device_failure(rubric, bank, runs)
        if failing is not None:
            values = next(run.values for run in runs if run.batch == failing)
            shown = explain.shown(
                rubric,
                bank.batches[failing],
                explain.results_text(rubric, bank.expected[failing]),
                explain.results_text(rubric, values),
                "float32 on XLA",
            )
            finding = Finding(
                "float32",
                "right in float64, but not in float32 on the device",
                "Look for numbers that overflow, cancel or are rounded away in float32.",
            )
            answer = _wrong_answer(points, finding)
            return Judgement(fold([answer, built]), (answer, built), shown, evidence)
        message = f"equal to the reference on {len(bank.batches)} batches"
        right = CheckResult("correctness", Status.PASSED, points, points, message)
        return Judgement(fold([right, built]), (right, built), None, evidence)

    def _wrong(
        self, results: Results, normal: Mapping[Dimensions, Program], built: CheckResult
    ) -> Judgement:
        grader = self.grader
        rubric, bank = grader.rubric, grader.bank
        mistyped = correctness.mistyped(rubric, self.traces)
        seen = (rubric, bank, self.traces, results.leaves)
        known = recognise(*seen, grader.mistakes()) or resembled(*seen, grader.imitations())
        told = _known(known) if known else self._repaired(grader.repair())
        if mistyped is not None:
            trace, mismatch = mistyped
            finding = replace(told, code=mismatch.code, message=mismatch.message)
            shown = explain.typed_counterexample(rubric, bank, trace)
        else:
            count, total = len(results.wrong), len(bank.batches)
            message = f"wrong on {count} of {total} batches"
            finding = replace(told, message=message)
            shown = explain.counterexample(rubric, bank, normal, results.wrong, self.evaluator)
        answer = _wrong_answer(rubric.points.correctness, finding)
        return Judgement(
            fold([answer, built]), (answer, built), shown, self._evidence(results, None)
        )

    def _repaired(self, repair: Repair | None) -> Finding:
        """What is said of a mistake that one change undoes."""
        if repair is None:
            return Finding("value", "")
        return Finding(
            "value",
            "",
            f"Write {repair.wanted} there: with that one change all results are right.",
            Where(repair.line, source=self.lines[repair.line - 1].strip()),
            f"One thing makes it wrong: {repair.found} in line {repair.line}.",
        )

    def _unsupported(self, error: Unsupported, programs: Programs) -> Judgement:
        """A program the judge cannot evaluate: wrongly built if that shows, else not its fault."""
        rubric = self.grader.rubric
        self.grader.watcher(Step.STRUCTURE, {"correctness": Status.SKIPPED})
        try:
            built = structure.check(
                rubric, self.grader.bank, programs, self.evaluator, self.lines, correct=False
            )
        except Unsupported:
            return failed(self.grader.rubric, Failure(FailureKind.MACHINE, str(error)))
        why = f"not evaluated: {error}"
        answer = _skipped("correctness", rubric.points.correctness, why)
        if built.status is Status.PASSED:
            return failed(self.grader.rubric, Failure(FailureKind.MACHINE, str(error)))
        return Judgement(fold([answer, built]), (answer, built))

    def _evidence(self, results: Results, device: str | None) -> Evidence:
        arithmetics = ["float64"]
        if results.exact is not None:
            arithmetics.append("exact")
        if device:
            arithmetics.append("float32")
        return Evidence(
            batches=len(self.grader.bank.batches),
            shapes=tuple(dict(shape) for shape in self.grader.bank.shapes),
            arithmetics=tuple(arithmetics),
            exact=results.exact,
            xla_device=device or None,
            xla_primitives=self.grader.oracle.used() if self.grader.oracle else (),
        )


def _known(mistake: Mistake) -> Finding:
    return Finding("value", "", mistake.advice, cause=mistake.title)


def _wrong_answer(points: float, finding: Finding) -> CheckResult:
    return CheckResult(
        "correctness",
        Status.FAILED,
        0,
        points,
        finding.message,
        (finding,),
        Verdict.WRONG_ANSWER,
    )
