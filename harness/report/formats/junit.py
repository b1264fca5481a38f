"""JUnit XML in the shape that pytest gives it: a test suite a file, a test case a check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from graders.verdict import Status
from harness.report.document import Entry, Output, Report
from harness.report.formats.cases import Case, of_entry, of_run
from harness.report.formats.telling import CUT_SHORT, facts, points
from harness.report.results import Results
from harness.report.text import clean
from harness.report.xmltext import written

_OUTCOMES = {Status.FAILED: "failure", Status.ERROR: "error", Status.SKIPPED: "skipped"}
_COUNTS = {"failures": Status.FAILED, "errors": Status.ERROR, "skipped": Status.SKIPPED}


def render(results: Results) -> str:
    """The document. A failure is the learner's, an error the judge's; a run cut short is one."""
    root = ElementTree.Element("testsuites", name="jaxjudge")
    found = [(entry.name, of_entry(entry), entry) for entry in results.entries]
    for name, cases, entry in found:
        root.append(_suite(name, cases, results, entry))
    if run := of_run(results):
        root.append(_suite("jaxjudge", run, results, None))
    every = [case for _, cases, _ in found for case in cases] + run
    _set(root, {**_counts(every), "time": f"{results.seconds:.3f}"})
    return written(root)


def _suite(
    name: str, cases: Sequence[Case], results: Results, entry: Entry | None
) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite")
    counts, seconds = _counts(cases), sum(case.seconds for case in cases)
    times = {"time": f"{seconds:.3f}", "timestamp": results.started.isoformat(timespec="seconds")}
    _set(suite, {"name": name, **counts, **times})
    if isinstance(entry, Report):
        _properties(suite, dict(_facts(entry)))
    elements = [_case(name, case) for case in cases]
    suite.extend(elements)
    if isinstance(entry, Report):
        wrong = (n for n, case in enumerate(cases) if not case.passed)
        _printed(elements[next(wrong, 0)], entry.output)
    return suite


def _case(suite: str, case: Case) -> ElementTree.Element:
    element = ElementTree.Element("testcase")
    classname = suite.removesuffix(".py").replace("/", ".")
    check = case.check
    _set(element, {"classname": classname, "name": check.name, "time": f"{case.seconds:.3f}"})
    if check.max_score:
        _properties(element, {"points": points(check.score, check.max_score)})
    if check.status in _OUTCOMES:
        inner = ElementTree.SubElement(element, _OUTCOMES[check.status])
        _set(inner, {"message": check.message})
        inner.text = clean(case.text)
    return element


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    for key, value in facts(report).items():
        if key == "versions":
            yield from ((f"version.{name}", version) for name, version in value.items())
        elif key != "file":
            yield key, value
    yield "points", points(report.judgement.score, report.judgement.max_score)


def _printed(element: ElementTree.Element, output: Output) -> None:
    for tag, text in (("system-out", output.stdout), ("system-err", output.stderr)):
        if text.strip():
            inner = ElementTree.SubElement(element, tag)
            inner.text = clean(text) + (f"\n{CUT_SHORT}" if output.truncated else "")


def _counts(cases: Sequence[Case]) -> dict[str, str]:
    statuses = [case.check.status for case in cases]
    counts = {name: str(statuses.count(status)) for name, status in _COUNTS.items()}
    return {"tests": str(len(cases)), **counts}


def _properties(element: ElementTree.Element, facts: Mapping[str, str]) -> None:
    inner = ElementTree.SubElement(element, "properties")
    for name, value in facts.items():
        _set(ElementTree.SubElement(inner, "property"), {"name": name, "value": value})


def _set(element: ElementTree.Element, attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, clean(value))
