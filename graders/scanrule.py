"""What a scan must be to do the work an exercise asks of it: evidence, each its own finding."""

from __future__ import annotations

from collections.abc import Iterator

from graders.jaxpr.dataflow import bypasses
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Equation
from graders.probe import LoopLab
from graders.rubric import Rubric, ScanRule
from graders.trial import Exhibit, Trial
from graders.verdict import Finding
from graders.wording import listed


def examine(
    rubric: Rubric, rule: ScanRule, exhibit: Exhibit, scan: Equation, evaluator: Evaluator
) -> list[Finding]:
    """Everything that keeps a scan from being the one that is asked for; empty when it is."""
    findings = list(_form(rule, exhibit, scan))
    if findings:
        return findings
    beside, captured = _suspects(rubric, rule, exhibit, scan)
    trial = Trial(rubric, rule, exhibit, LoopLab(exhibit.program, scan, evaluator))
    return list(dict.fromkeys(trial.findings(beside, captured)))


def carried_elements(scan: Equation) -> int:
    """How many elements a scan carries from step to step."""
    return sum(variable.type.size for variable in scan.outputs[: scan.params["num_carry"]])


def _form(rule: ScanRule, exhibit: Exhibit, scan: Equation) -> Iterator[Finding]:
    wanted = dict(exhibit.dimensions)[rule.length]
    length, carried = scan.params["length"], scan.params["num_carry"]
    scanned = len(scan.inputs) - scan.params["num_consts"] - carried
    if length != wanted:
        yield Finding(
            "scan_length",
            f"the scan takes {length} steps where {rule.length} is {wanted}",
            f"Scan {listed(rule.xs)} with {rule.length} as the leading axis: one step a row."
            if rule.xs
            else f"Give lax.scan the number of steps, length={rule.length}.",
        )
    elif rule.xs and not scanned:
        yield Finding(
            "scan_without_xs",
            "the scan is given no xs: nothing is scanned",
            f"Pass {listed(rule.xs)} as the third argument of lax.scan; a fori_loop with a fixed "
            "number of steps is such a scan too.",
        )
    elif not carried:
        yield Finding(
            "scan_without_carry",
            "no value is carried from step to step: the scan only maps over rows",
            f"Make {listed(rule.carry) if rule.carry else 'the running value'} the carry: return "
            "its new value first from the body.",
        )
    elif rule.reverse is not None and scan.params["reverse"] != rule.reverse:
        yield Finding(
            "scan_direction",
            f"the scan runs {'backwards' if scan.params['reverse'] else 'forwards'}, not "
            f"{'backwards' if rule.reverse else 'forwards'}",
            f"Call lax.scan with reverse={rule.reverse}; no array needs to be flipped for it.",
        )
    elif rule.outputs and len(scan.outputs) == carried:
        yield Finding(
            "scan_without_outputs",
            "the steps of the scan put nothing out: it has no ys",
            "Return the value of each step second from the body: lax.scan stacks them.",
        )


def _suspects(
    rubric: Rubric, rule: ScanRule, exhibit: Exhibit, scan: Equation
) -> tuple[list[str], list[str]]:
    """The scanned arguments that get past the xs by dataflow: beside the scan, and into it."""
    names = [argument.root for argument in rubric.arguments]
    beside, operands = bypasses(exhibit.program, names, scan)
    whole = scan.params["num_consts"] + scan.params["num_carry"]
    captured = set().union(*operands[:whole])
    return [n for n in rule.xs if n in beside], [n for n in rule.xs if n in captured]
