"""What a scan must be to do the work an exercise asks of it: evidence, each its own finding."""

from __future__ import annotations

from collections.abc import Iterator

from graders.jaxpr.dataflow import Flow, Origins
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Equation, Program
from graders.probe import ScanLab
from graders.rubric import Rubric, ScanRule
from graders.trial import Exhibit, Trial
from graders.verdict import Finding
from graders.wording import listed

_SCAN = frozenset({"the scan"})


def examine(
    rubric: Rubric, rule: ScanRule, exhibit: Exhibit, scan: Equation, evaluator: Evaluator
) -> list[Finding]:
    """Everything that keeps a scan from being the one that is asked for; empty when it is."""
    findings = list(_form(rule, exhibit, scan))
    if findings:
        return findings
    suspicions = list(_sources(rubric, rule, exhibit.program, scan))
    trial = Trial(rubric, rule, exhibit, ScanLab(exhibit.program, scan, evaluator))
    return list(dict.fromkeys(trial.findings(suspicions)))


def _form(rule: ScanRule, exhibit: Exhibit, scan: Equation) -> Iterator[Finding]:
    wanted = dict(exhibit.dimensions)[rule.length]
    length, carried = scan.params["length"], scan.params["num_carry"]
    scanned = len(scan.inputs) - scan.params["num_consts"] - carried
    if length != wanted:
        yield Finding(
            "scan_length",
            f"the scan takes {length} steps where {rule.length} is {wanted}",
            f"Scan over the leading axis of {listed(rule.xs)}, so that there is one step a row.",
        )
    elif not scanned:
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
            f"Make {listed(rule.carry)} the carry: return its new value first from the body.",
        )


def _sources(rubric: Rubric, rule: ScanRule, program: Program, scan: Equation) -> Iterator[str]:
    """Static suspicions: where scanned arguments get past the scan's xs."""
    names: list[Origins] = [frozenset({argument.name}) for argument in rubric.arguments]
    flow = Flow(cut=scan, label=_SCAN)
    results = flow.outputs(program, names)
    if any(origin & set(rule.xs) for origin in results):
        yield "beside"
    whole = scan.params["num_consts"] + scan.params["num_carry"]
    if any(origin & set(rule.xs) for origin in flow.at_cut[:whole]):
        yield "captured"
