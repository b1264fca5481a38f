"""The report as a JSON document, for programs. `docs/report.md` explains every key."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from graders.verdict import CheckResult, Counterexample, Evidence, Finding, Moment, Where
from harness.report.document import Output, Report, Ungraded
from harness.report.text import SIGNS, cap, clean, clean_line

if TYPE_CHECKING:
    from graders.view import View

SCHEMA = "jaxjudge.report/1"
UNGRADED = "jaxjudge.ungraded/1"
LINE_LIMIT = 1_000
TEXT_LIMIT = 10_000
OUTPUT_LIMIT = 64 << 10
ROWS_LIMIT = 400


def render(report: Report) -> str:
    """The document as text, as `pretty` writes it."""
    return pretty(to_document(report))


def to_document(report: Report) -> dict[str, Any]:
    """The document as plain dicts, lists, strings and finite numbers."""
    judgement = report.judgement
    return {
        "schema": SCHEMA,
        "problem": {"id": line(report.problem), "version": line(report.problem_version)},
        "submission": {"name": line(report.name), "sha256": line(report.sha256)},
        "verdict": str(judgement.verdict),
        "score": _number(judgement.score),
        "max_score": _number(judgement.max_score),
        "checks": [_check(check) for check in judgement.checks],
        "counterexample": _counterexample(judgement.counterexample),
        "evidence": _evidence(judgement.evidence),
        "program": _program(report.program),
        "isolation": {
            "level": line(report.isolation.level),
            "mechanisms": [line(name) for name in report.isolation.mechanisms],
        },
        "output": _output(report.output),
        "timings": {line(name): _number(value) for name, value in report.timings.items()},
        "versions": {line(name): line(value) for name, value in report.versions.items()},
    }


def ungraded(entry: Ungraded) -> dict[str, Any]:
    """The document on a file without a report."""
    return {
        "schema": UNGRADED,
        "submission": {"name": line(entry.name)},
        "error": {"kind": entry.kind, "message": text(entry.message)},
    }


def pretty(document: Mapping[str, Any]) -> str:
    """A document as text: two spaces of indentation, ASCII only, one newline at the end."""
    return _defuse(json.dumps(document, indent=2, allow_nan=False)) + "\n"


def named(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The same document under another name of the submission."""
    return {**document, "submission": {**document["submission"], "name": line(name)}}


def compact(document: Mapping[str, Any]) -> str:
    """A document as one line of ASCII, ending in a newline."""
    return _defuse(json.dumps(document, allow_nan=False, separators=(",", ":"))) + "\n"


def _defuse(text: str) -> str:
    return SIGNS.sub(lambda found: "\\u0023" * len(found[0]), text)


def _check(check: CheckResult) -> dict[str, Any]:
    return {
        "name": line(check.name),
        "status": str(check.status),
        "score": _number(check.score),
        "max_score": _number(check.max_score),
        "message": text(check.message),
        "findings": [_finding(finding) for finding in check.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": line(finding.code),
        "message": text(finding.message),
        "cause": text(finding.cause),
        "hint": text(finding.hint),
        "location": _location(finding.where),
    }


def _location(where: Where | None) -> dict[str, Any] | None:
    if where is None:
        return None
    return {
        "line": where.line,
        "function": line(where.function),
        "source": line(where.source),
    }


def _counterexample(example: Counterexample | None) -> dict[str, Any] | None:
    if example is None:
        return None
    return {
        "dimensions": _dimensions(example.dimensions),
        "arguments": {line(name): plain(value) for name, value in example.arguments.items()},
        "expected": text(example.expected),
        "got": text(example.got),
        "arithmetic": line(example.arithmetic),
        "trajectory": [_moment(moment) for moment in example.trajectory],
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "step": moment.step,
        "expected": plain(moment.expected),
        "got": plain(moment.got),
        "gradients": {
            line(name): {"expected": plain(expected), "got": plain(got)}
            for name, (expected, got) in moment.gradients.items()
        },
        "same": moment.same,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "batches": evidence.batches,
        "shapes": [_dimensions(shape) for shape in evidence.shapes],
        "arithmetics": [line(name) for name in evidence.arithmetics],
        "exact": evidence.exact,
        "xla_device": None if evidence.xla_device is None else line(evidence.xla_device),
        "xla_primitives": [line(name) for name in evidence.xla_primitives],
        "notes": [text(note) for note in evidence.notes],
    }


def _program(view: View | None) -> dict[str, Any] | None:
    if view is None:
        return None
    rows = [{**asdict(row), "text": line(row.text)} for row in view.rows[:ROWS_LIMIT]]
    if left := len(view.rows) - len(rows):
        rows.append({"text": f"... and {left} lines more", "line": None, "loop": False})
    return {
        "dimensions": _dimensions(dict(view.dimensions)),
        "result": line(view.result),
        "rows": rows,
        "loops": [asdict(loop) for loop in view.loops],
        "dead": [asdict(dead) for dead in view.dead[:ROWS_LIMIT]],
        "growth": [asdict(growth) for growth in view.growth],
    }


def _output(output: Output) -> dict[str, Any]:
    stdout, stderr = clean(output.stdout), clean(output.stderr)
    longest = max(len(stdout), len(stderr))
    return {
        "stdout": stdout[:OUTPUT_LIMIT],
        "stderr": stderr[:OUTPUT_LIMIT],
        "truncated": output.truncated or longest > OUTPUT_LIMIT,
    }


def _dimensions(dimensions: Mapping[str, int]) -> dict[str, int]:
    return {line(name): int(size) for name, size in dimensions.items()}


def plain(value: Any) -> Any:
    """Nested numbers as JSON can hold them; what is not finite becomes `nan`, `inf` or `-inf`."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return _number(value)
    if isinstance(value, Mapping):
        return {line(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return line(str(value))


def _number(value: float | Real) -> float | str:
    if isinstance(value, Integral):
        return int(value)
    number = float(value)
    return number if math.isfinite(number) else str(number)


def line(text: str) -> str:
    """A text as documents have it where it is one line: clean, and cut."""
    return cap(clean_line(text), LINE_LIMIT)


def text(text: str) -> str:
    """A text as documents have it where it may have lines: clean, and cut."""
    return cap(clean(text), TEXT_LIMIT)
