"""Is the program built the way the exercise asks? Reads programs, runs none of the submission."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graders.bank import Bank
from graders.inputs import Batch, growth_shapes
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Program
from graders.jaxpr.normalize import normalize
from graders.probe import ScanLab
from graders.rubric import Rubric, ScanRule
from graders.scanrule import Exhibit, examine
from graders.subject import Dimensions
from graders.verdict import CheckResult, Finding, Status, Verdict, Where

CALLBACKS = frozenset(
    {"pure_callback", "io_callback", "debug_callback", "debug_print", "python_callback"}
)
_GROWTH_SLACK = 4
_EXHIBIT_BATCHES = 6
_EXAMINED = 3


@dataclass(frozen=True, slots=True)
class Programs:
    """A submission's programs by shape: as traced, and in normal form."""

    traced: Mapping[Dimensions, Program]
    normal: Mapping[Dimensions, Program]


def check(
    rubric: Rubric,
    bank: Bank,
    programs: Programs,
    evaluator: Evaluator,
    lines: Sequence[str],
    *,
    correct: bool,
) -> CheckResult:
    """Judge the structural rubric. `correct` says that the results are the reference's.

    Raises what evaluating the program raises.
    """
    findings = tuple(
        _placed(finding, equation, lines)
        for finding, equation in _findings(rubric, bank, programs, evaluator, correct)
    )
    points = rubric.points.structure
    if not findings:
        return CheckResult(
            "structure", Status.PASSED, points, points, _praise(rubric), (), Verdict.ACCEPTED
        )
    return CheckResult(
        "structure",
        Status.FAILED,
        0,
        points,
        findings[0].message,
        findings,
        Verdict.WRONG_STRUCTURE,
    )


Found = tuple[Finding, Equation | None]


def _findings(
    rubric: Rubric, bank: Bank, programs: Programs, evaluator: Evaluator, correct: bool
) -> Iterator[Found]:
    called = list(callbacks(programs.traced.values()))
    if called:
        yield from called
        return
    grown = list(_growth(rubric, programs.normal))
    if rubric.structure.scan is not None:
        yield from _scan(rubric, rubric.structure.scan, bank, programs, evaluator, correct, grown)
    elif grown:
        yield grown[0]


def callbacks(programs: Iterable[Program]) -> Iterator[Found]:
    """Calls back into Python, anywhere in the programs."""
    for program in programs:
        for equation in _equations(program):
            if equation.primitive in CALLBACKS:
                yield (
                    Finding(
                        "host_callback",
                        f"the program calls back into Python ({equation.primitive})",
                        "Everything must be one XLA program: remove callbacks, and "
                        "jax.debug.print with them.",
                    ),
                    equation,
                )
                return


def _equations(program: Program) -> Iterator[Equation]:
    """Every equation once, shared programs not repeated."""
    seen: set[Program] = set()
    waiting = [program]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for equation in current.equations:
            yield equation
            waiting.extend(equation.programs())


def _growth(rubric: Rubric, normal: Mapping[Dimensions, Program]) -> Iterator[Found]:
    pairs = growth_shapes(rubric)
    for name, small, large in zip(
        rubric.structure.constant_size, pairs[::2], pairs[1::2], strict=True
    ):
        before, after = (sum(1 for _ in normal[shape].walk()) for shape in (small, large))
        if after > before + _GROWTH_SLACK:
            low, high = dict(small)[name], dict(large)[name]
            yield (
                Finding(
                    "grows",
                    f"the program grows with {name}: {before} operations for {name}={low}, "
                    f"{after} for {name}={high}",
                    "A Python loop is written out while tracing, step by step; one lax.scan takes "
                    "the same program for any number of steps.",
                ),
                None,
            )


def _scan(
    rubric: Rubric,
    rule: ScanRule,
    bank: Bank,
    programs: Programs,
    evaluator: Evaluator,
    correct: bool,
    grown: Sequence[Found],
) -> Iterator[Found]:
    shapes = [shape for shape in bank.shapes if all(size > 1 for _, size in shape)]
    shapes.sort(key=lambda shape: shape not in growth_shapes(rubric))
    for number, shape in enumerate(shapes):
        program = programs.normal[shape]
        scans = [equation for equation in program.walk() if equation.primitive == "scan"]
        if not scans:
            yield _absent(rule, programs.traced[shape], program, grown)
            return
        exhibit = _exhibit(rubric, rule, bank, shape, program, correct and number < _EXAMINED)
        found = [
            [(finding, scan) for finding in examine(rubric, rule, exhibit, scan, evaluator)]
            for scan in scans
        ]
        best = min(found, key=lambda items: (len(items), items[0][0].code if items else ""))
        if best:
            yield from grown[:1]
            yield from best
            return
    yield from grown[:1]


def _exhibit(
    rubric: Rubric,
    rule: ScanRule,
    bank: Bank,
    shape: Dimensions,
    program: Program,
    correct: bool,
) -> Exhibit:
    batches = sorted(
        (bank.batches[number] for number in bank.of_shape(shape)), key=_variety, reverse=True
    )[:_EXHIBIT_BATCHES]
    path = _reference_path(rubric, rule, bank, shape, batches[0]) if correct else None
    return Exhibit(program, shape, batches, path)


def _variety(batch: Batch) -> int:
    return sum(len(set(array.reshape(-1).tolist())) for array in batch.arguments)


def _reference_path(
    rubric: Rubric, rule: ScanRule, bank: Bank, shape: Dimensions, batch: Batch
) -> Sequence[Array] | None:
    """The reference's carry, as far as it comes from the arguments to be carried, step by step."""
    program = normalize(bank.programs[bank.shapes.index(shape)])
    scans = [equation for equation in program.walk() if equation.primitive == "scan"]
    if not scans:
        return None
    seen = ScanLab(program, scans[0], Evaluator()).observe(batch.arguments)
    names = [argument.name for argument in rubric.arguments]
    starts = [batch.arguments[names.index(name)] for name in rule.carry]
    slots = [
        slot
        for slot, value in enumerate(seen.init)
        if any(value.shape == s.shape and (value == s).all() for s in starts)
    ]
    if not slots:
        return None
    return [
        np.concatenate([np.asarray(carry[slot]).reshape(-1) for slot in slots])
        for carry in seen.carries
    ]


def _absent(rule: ScanRule, traced: Program, normal: Program, grown: Sequence[Found]) -> Found:
    dead = next((e for e in _equations(traced) if e.primitive == "scan"), None)
    if dead is not None:
        finding = Finding(
            "scan_unused",
            "there is a scan, but nothing of it reaches the result: it is dead code",
            "Return what the scan computes instead of computing it a second time.",
        )
        return finding, dead
    if grown:
        finding, equation = grown[0]
        return replace(
            finding, code="unrolled", message=f"no lax.scan: {finding.message}"
        ), equation
    used = {equation.primitive for equation in normal.walk()}
    if "while" in used:
        detail = "it is a while loop (lax.while_loop, or lax.fori_loop with a traced bound)"
    elif used & {"cumsum", "cumprod", "cummax", "cummin", "cumlogsumexp"}:
        detail = "the steps are combined by a cumulative operation"
    else:
        detail = "the result is computed without a loop over the batches"
    return (
        Finding(
            "scan_absent",
            f"the program contains no lax.scan: {detail}",
            f"Write the loop as lax.scan(body, {', '.join(rule.carry)}, ({', '.join(rule.xs)})).",
        ),
        None,
    )


def _placed(finding: Finding, equation: Equation | None, lines: Sequence[str]) -> Finding:
    if equation is None or equation.location is None:
        return finding
    line, function = equation.location.line, equation.location.function
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return replace(finding, where=Where(line, function, text))


def _praise(rubric: Rubric) -> str:
    rule = rubric.structure.scan
    if rule is None:
        return "built as asked"
    return f"one lax.scan over {' and '.join(rule.xs)}, carrying {' and '.join(rule.carry)}"
