"""The facts about a machine, as text for a person and as a JSON document."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from harness.facts import Fact, FactStatus, can_judge
from harness.report.layout import pad, wrap
from harness.report.text import clean_line

SCHEMA = "jaxjudge.doctor/1"
_SIGNS = {FactStatus.OK: ("✓", "+"), FactStatus.MISSING: ("-", "-"), FactStatus.BROKEN: ("✗", "x")}
_COLOURS = {FactStatus.OK: "32", FactStatus.MISSING: "33", FactStatus.BROKEN: "31"}


def render(facts: Sequence[Fact], *, colour: bool, width: int, ascii: bool) -> str:
    """A line a fact, advice below it, and the conclusion last."""
    label = max((len(fact.name) for fact in facts), default=0)
    lines = [line for fact in facts for line in _fact(fact, label, colour, width, ascii)]
    able = can_judge(facts)
    lines += ["", "This machine can judge." if able else "This machine cannot judge yet."]
    return "\n".join(lines) + "\n"


def warning(level: str, missing: Mapping[str, str]) -> str:
    """The line in which a command says that isolation is weak."""
    return f"jaxjudge: warning: {weakness(level, missing)}"


def weakness(level: str, missing: Mapping[str, str]) -> str:
    """One line that says that submissions are isolated less than they could be, and why."""
    why = "; ".join(f"{name}: {reason}" for name, reason in missing.items())
    return clean_line(
        f"isolation is only {level}{f' ({why})' if why else ''}; see: jaxjudge doctor"
    )


def unkept(folder: str, why: str) -> str:
    """One line that says that reports were judged, but could not be kept for the next time."""
    text = f"not every report could be kept in {folder}: {why}"
    return clean_line(f"jaxjudge: warning: {text}; those will be judged anew")


def document(facts: Sequence[Fact]) -> str:
    """The facts as JSON: `schema`, `can_judge` and `facts`, each with the fields of `Fact`."""
    found = {"schema": SCHEMA, "can_judge": can_judge(facts), "facts": [asdict(f) for f in facts]}
    return json.dumps(found, indent=2) + "\n"


def _fact(fact: Fact, label: int, colour: bool, width: int, ascii: bool) -> list[str]:
    sign = _SIGNS[fact.status][ascii]
    rest = " " * (label + 4)
    words = "" if fact.status is FactStatus.OK else f"{fact.status}: "
    first = f"{sign} {pad(fact.name, label)}  "
    lines = wrap(words + clean_line(fact.value), width, first, rest)
    if fact.advice:
        lines += wrap(clean_line(fact.advice), width, rest, rest)
    if colour:
        lines[0] = f"\x1b[{_COLOURS[fact.status]}m{sign}\x1b[0m{lines[0][len(sign) :]}"
    return lines
