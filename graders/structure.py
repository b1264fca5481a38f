"""Is the program built the way the exercise asks? Reads programs, runs none of the submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graders import looprule, rematrule, scanrule
from graders.bank import Bank
from graders.barred import Found, all_equations, callbacks, forbidden, foreign, required
from graders.growth import growth, largest
from graders.inputs import Batch, growth_shapes
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Program
from graders.paths import elements
from graders.probe import LoopLab, same
from graders.rubric import Rubric, ScanRule, WhileRule
from graders.subject import Dimensions
from graders.trial import Exhibit
from graders.verdict import CheckResult, Finding, Status, Verdict, Where

_EXHIBIT_BATCHES = 6
_LOOP_BATCHES = 24
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
    rules, normal = rubric.structure, programs.normal
    grown = list(growth(rubric, normal))
    yield from forbidden(rules.forbidden, normal.values())
    yield from required(rules.required, normal.values())
    if rules.scan is not None:
        yield from _scan(rubric, rules.scan, bank, programs, evaluator, correct, grown)
    else:
        yield from grown[:1]
    if rules.loop is not None:
        yield from _loop(rubric, rules.loop, bank, programs, evaluator)
    if rules.remat is not None:
        cases = ((normal[shape], _chosen(bank, shape)) for shape in bank.shapes)
        yield from rematrule.examine(rules.remat, cases, evaluator)
    if rules.largest is not None:
        yield from largest(rubric, rules.largest, normal)


def _scan(
    rubric: Rubric,
    rule: ScanRule,
    bank: Bank,
    programs: Programs,
    evaluator: Evaluator,
    correct: bool,
    grown: Sequence[Found],
) -> Iterator[Found]:
    growing = growth_shapes(rubric)
    shapes = [shape for shape in bank.shapes if dict(shape)[rule.length] > 1]
    shapes.sort(key=lambda shape: shape not in growing)
    carried: dict[Dimensions, int] = {}
    for number, shape in enumerate(shapes):
        program = programs.normal[shape]
        scans = [equation for equation in program.walk() if equation.primitive == "scan"]
        if not scans:
            yield _absent(rule, programs.traced[shape], program, grown)
            return
        exhibit = _exhibit(rubric, rule, bank, shape, program, correct and number < _EXAMINED)
        tried = ((s, scanrule.examine(rubric, rule, exhibit, s, evaluator)) for s in scans)
        best, findings = min(tried, key=_badness)
        if findings:
            yield from grown[:1]
            yield from ((finding, best) for finding in findings)
            return
        carried[shape] = scanrule.carried_elements(best)
    yield from grown[:1]
    if rule.outputs or not rule.follow:
        yield from _carry_growth(rubric, rule, carried)


def _badness(tried: tuple[Equation, Sequence[Finding]]) -> tuple[int, str]:
    """What to choose a loop by, of several: that with the fewest findings, by code of these."""
    _, findings = tried
    return len(findings), findings[0].code if findings else ""


def _carry_growth(
    rubric: Rubric, rule: ScanRule, carried: Mapping[Dimensions, int]
) -> Iterator[Found]:
    """What is carried must be of one size: all rows kept in it would be no running value."""
    pairs = growth_shapes(rubric)
    for small, large in zip(pairs[::2], pairs[1::2], strict=True):
        if dict(small)[rule.length] < dict(large)[rule.length] and carried[small] < carried[large]:
            yield (
                Finding(
                    "carry_grows",
                    f"the carry grows with {rule.length}: it keeps a value for every step",
                    "Carry only what the next step needs, and give the values of the steps out.",
                ),
                None,
            )


def _loop(
    rubric: Rubric, rule: WhileRule, bank: Bank, programs: Programs, evaluator: Evaluator
) -> Iterator[Found]:
    pace = looprule.Pace()
    for shape in bank.shapes:
        program = programs.normal[shape]
        loops = [equation for equation in program.walk() if equation.primitive == "while"]
        if not loops:
            yield looprule.absent(programs.traced[shape], program)
            return
        batches = _chosen(bank, shape, _LOOP_BATCHES)
        given = rubric, rule, program, batches
        tried = ((loop, looprule.examine(*given, loop, evaluator)) for loop in loops)
        best, findings = min(tried, key=lambda each: len(each[1]))
        if findings:
            yield from ((finding, best) for finding in findings)
            return
        pace |= looprule.pace(*given, best, evaluator)
    yield from ((finding, None) for finding in looprule.turns(rule, pace))


def _exhibit(
    rubric: Rubric,
    rule: ScanRule,
    bank: Bank,
    shape: Dimensions,
    program: Program,
    correct: bool,
) -> Exhibit:
    batches = _chosen(bank, shape)
    paths = _reference_paths(rubric, rule, bank, shape, batches) if correct else []
    return Exhibit(program, shape, batches, paths)


def _chosen(bank: Bank, shape: Dimensions, most: int = _EXHIBIT_BATCHES) -> list[Batch]:
    """The batches of a shape to try a program on: those of the most different values."""
    batches = [bank.batches[number] for number in bank.of_shape(shape)]
    return sorted(batches, key=lambda batch: batch.variety, reverse=True)[:most]


def _reference_paths(
    rubric: Rubric, rule: ScanRule, bank: Bank, shape: Dimensions, batches: Sequence[Batch]
) -> list[Array]:
    """The reference's carry on each batch, one row a step.

    Only as far as it comes from the numbers to be carried, if there are any; empty where the
    reference has no such carry.
    """
    program = bank.program(shape)
    scans = [equation for equation in program.walk() if equation.primitive == "scan"]
    if not scans or not batches:
        return []
    lab = LoopLab(program, scans[0], Evaluator())
    seen = [lab.observe(batch.arguments) for batch in batches]
    if not all(run.reached for run in seen):
        return []
    floats = [n for n in rubric.columns(*rule.carry) if "float" in rubric.arguments[n].dtype]
    starts = [[batch.arguments[column] for batch in batches] for column in floats]
    slots = [
        slot
        for slot, values in enumerate(zip(*[run.init for run in seen], strict=True))
        if not starts or any(same(values, start) for start in starts)
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
        detail = "the result is computed without a loop"
    return (
        Finding(
            "scan_absent",
            f"the program contains no lax.scan: {detail}",
            f"Write the loop as {_call(rule)}"
            + (f", with {rule.length} as the leading axis." if rule.xs else "."),
        ),
        None,
    )


def _placed(finding: Finding, equation: Equation | None, lines: Sequence[str]) -> Finding:
    if equation is None or equation.location is None:
        return finding
    line, function = equation.location.line, equation.location.function
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return replace(finding, where=Where(line, function, text))


def _call(rule: ScanRule) -> str:
    """The call of `lax.scan` a rule asks for, as one might write it."""
    start = {0: "start", 1: "".join(rule.carry)}.get(len(rule.carry), f"({', '.join(rule.carry)})")
    xs = {0: "None", 1: "".join(rule.xs)}.get(len(rule.xs), f"({', '.join(rule.xs)})")
    options = "" if rule.xs else f", length={rule.length}"
    return f"lax.scan(body, {start}, {xs}{options}{', reverse=True' if rule.reverse else ''})"


def _praise(rubric: Rubric) -> str:
    rules = rubric.structure
    if rules.loop is not None:
        return "a while loop that does the work"
    if rules.scan is None:
        return "built as asked"
    over = f" over {' and '.join(rules.scan.xs)}" if rules.scan.xs else ""
    carrying = f", carrying {' and '.join(rules.scan.carry)}" if rules.scan.carry else ""
    return f"one lax.scan{over}{carrying}"
