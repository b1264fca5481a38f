"""Verifications as JUnit XML: a suite for each problem, a test case for each point."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from harness.report.text import clean
from harness.report.xmltext import written
from harness.verification import Outcome, Point, Verification


def render(verifications: Sequence[Verification]) -> str:
    """The document as text, with its declaration."""
    root = ElementTree.Element("testsuites", name="jaxjudge verify")
    for found in verifications:
        root.append(_suite(found))
    return written(root)


def _suite(found: Verification) -> ElementTree.Element:
    outcomes = [point.outcome for point in found.points]
    suite = ElementTree.Element(
        "testsuite",
        name=clean(found.problem),
        tests=str(len(outcomes)),
        failures=str(outcomes.count(Outcome.FAILED)),
        errors=str(outcomes.count(Outcome.ERROR)),
        skipped="0",
        time=f"{sum(point.seconds for point in found.points):.3f}",
    )
    for point in found.points:
        suite.append(_case(found.problem, point))
    return suite


def _case(problem: str, point: Point) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase",
        classname=clean(f"{problem}.{point.group}"),
        name=clean(point.name),
        time=f"{point.seconds:.3f}",
    )
    text = "\n".join(clean(line) for line in (point.message, *point.details))
    kinds = {Outcome.FAILED: "failure", Outcome.ERROR: "error", Outcome.WARNING: "system-out"}
    if point.outcome in kinds:
        inner = ElementTree.SubElement(case, kinds[point.outcome])
        inner.text = text
        if point.outcome is not Outcome.WARNING:
            inner.set("message", clean(point.message))
    return case
