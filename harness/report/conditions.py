"""The conditions of a verdict: what it rests on, the box, the time, the software."""

from __future__ import annotations

from collections.abc import Mapping

from graders.verdict import Evidence
from graders.wording import listed
from harness.report.document import Isolation, Report


def facts(report: Report) -> dict[str, str]:
    """The conditions in a few words each, by what they are; those of which nothing is known not."""
    found = {
        "checked": _rests_on(report.judgement.evidence),
        "box": _box(report.isolation),
        "time": _times(report.timings),
        "with": ", ".join(f"{name} {version}" for name, version in report.versions.items()),
    }
    return {name: text for name, text in found.items() if text}


def _box(box: Isolation) -> str:
    if box.level == "strict" or not box.mechanisms:
        return box.level
    return f"{box.level}: {', '.join(box.mechanisms)}"


def _rests_on(evidence: Evidence) -> str:
    parts = []
    if evidence.batches:
        parts.append(f"{_count(evidence.batches, 'batch', 'batches')}")
        if evidence.shapes:
            parts[0] += f" of {_count(len(evidence.shapes), 'shape', 'shapes')}"
        if evidence.arithmetics:
            parts[0] += f" in {listed(evidence.arithmetics)}"
    if evidence.exact:
        parts.append("equal without tolerance, as rational numbers")
    if evidence.xla_device:
        parts.append(f"compiled and run by XLA on {evidence.xla_device}")
    if evidence.xla_primitives:
        parts.append(f"by XLA alone: {', '.join(evidence.xla_primitives)}")
    return "; ".join(parts)


def _times(timings: Mapping[str, float]) -> str:
    parts = [f"{name} {seconds:.2f} s" for name, seconds in timings.items() if name != "total"]
    if "total" not in timings:
        return ", ".join(parts)
    return f"{timings['total']:.2f} s" + (f" ({', '.join(parts)})" if parts else "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
