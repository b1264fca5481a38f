"""Is the program built the way the exercise asks? Reads programs, runs none of the submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graders.bank import Bank
from graders.barred import Found, all_equations, callbacks, foreign
from graders.inputs import Batch, growth_shapes
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Program
from graders.jaxpr.normalize import normalize
from graders.paths import elements
from graders.probe import ScanLab
from graders.rubric import Rubric, ScanRule
from graders.scanrule import examine
from graders.subject import Dimensions
from graders.trial import Exhibit
from graders.verdict import CheckResult, Finding, Status, Verdict, Where

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


def _findings(
    rubric: Rubric, bank: Bank, programs: Programs, evaluator: Evaluator, correct: bool
) -> Iterator[Found]:
    barred = [*callbacks(programs.traced.values()), *foreign(programs.traced.values())]
    if barred:
        yield from barred
        return
    grown = list(_growth(rubric, programs.normal))
    if rubric.structure.scan is not None:
        yield from _scan(rubric, rubric.structure.scan, bank, programs, evaluator, correct, grown)
    elif grown:
        yield grown[0]


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
    shapes = [shape for shape in bank.shapes if dict(shape)[rule.length] > 1]
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
    paths = _reference_paths(rubric, rule, bank, shape, batches) if correct else []
    return Exhibit(program, shape, batches, paths)


def _variety(batch: Batch) -> int:
    return sum(len(set(array.reshape(-1).tolist())) for array in batch.arguments)


def _reference_paths(
    rubric: Rubric, rule: ScanRule, bank: Bank, shape: Dimensions, batches: Sequence[Batch]
) -> list[Array]:
    """The reference's carry on each batch, one row a step.

    Only as far as it comes from the arguments to be carried; empty where none of it does.
    """
    program = normalize(bank.programs[bank.shapes.index(shape)])
    scans = [equation for equation in program.walk() if equation.primitive == "scan"]
    if not scans or not batches:
        return []
    lab = ScanLab(program, scans[0], Evaluator())
    seen = [lab.observe(batch.arguments) for batch in batches]
    names = [argument.name for argument in rubric.arguments]
    starts = [batches[0].arguments[names.index(name)] for name in rule.carry]
    slots = [
        slot
        for slot, value in enumerate(seen[0].init)
        if any(value.shape == s.shape and (value == s).all() for s in starts)
    ]
    return [elements([[c[slot] for slot in slots] for c in run.carries]) for run in seen if slots]


def _absent(rule: ScanRule, traced: Program, normal: Program, grown: Sequence[Found]) -> Found:
    dead = next((e for e in all_equations(traced) if e.primitive == "scan"), None)
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
