"""How much a report tells: the fact, where to look, what the mistake is, what to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graders.verdict import CheckResult, Finding
from harness.report.document import Report

MOST = 3


def limited(report: Report, level: int) -> Report:
    """The report with no more help than a level allows.

    0: the verdict and what is wrong; 1: the line, the smallest failing batch, the way of the carry
    and the program; 2: the known mistake; 3, which is everything: what to change.
    """
    judgement = report.judgement
    checks = tuple(_check(check, level) for check in judgement.checks)
    judgement = replace(judgement, checks=checks)
    if level >= 1:
        return replace(report, judgement=judgement)
    return replace(report, judgement=replace(judgement, counterexample=None), program=None)


def limited_document(document: Mapping[str, Any], level: int) -> dict[str, Any]:
    """The document that a report's own has become when the report is `limited` before."""
    checks = [
        {**check, "findings": [_said(finding, level) for finding in check["findings"]]}
        for check in document["checks"]
    ]
    where = {} if level >= 1 else {"counterexample": None, "program": None}
    return {**document, "checks": checks, **where}


def _check(check: CheckResult, level: int) -> CheckResult:
    return replace(check, findings=tuple(_finding(finding, level) for finding in check.findings))


def _finding(finding: Finding, level: int) -> Finding:
    return replace(
        finding,
        where=finding.where if level >= 1 else None,
        cause=finding.cause if level >= 2 else "",
        hint=finding.hint if level >= MOST else "",
    )


def _said(finding: Mapping[str, Any], level: int) -> dict[str, Any]:
    return {
        **finding,
        "cause": finding["cause"] if level >= 2 else "",
        "hint": finding["hint"] if level >= MOST else "",
        "location": finding["location"] if level >= 1 else None,
    }
