"""SARIF 2.1.0, as code scanning on GitHub reads it: what is wrong where in which file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from graders.verdict import CheckResult, Finding, Status, Where
from harness.report import jsondoc
from harness.report.document import Entry
from harness.report.formats.cases import of_entry, of_run
from harness.report.formats.telling import check_lines, facts
from harness.report.results import Results

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 5_000  # as many as GitHub shows of one run
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class _Found:
    """One result: the rule that was broken, what to say, and where."""

    rule: str
    level: str
    message: str
    help: str
    file: str
    where: Where | None


def render(results: Results) -> str:
    """The document: a result for each finding with a line. Points have no place in it.

    A check that failed without such a finding is one result for the file. Where the judge
    failed or the run was cut short, the invocation was not successful and says why.
    """
    found = [one for entry in results.entries for one in _found(entry)][:MOST]
    rules: dict[str, dict[str, Any]] = {}
    for one in found:
        rules.setdefault(one.rule, _rule(one))
    numbers = {rule: number for number, rule in enumerate(rules)}
    driver = {"name": "jaxjudge", "version": results.version, "rules": [*rules.values()]}
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(results)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, numbers) for one in found],
        "properties": {"submissions": [facts(entry) for entry in results.entries]},
    }
    return jsondoc.pretty({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _found(entry: Entry) -> Iterator[_Found]:
    for case in of_entry(entry):
        located = [finding for finding in case.check.findings if finding.where is not None]
        failed = case.check.status is Status.FAILED
        if failed and not located:
            yield _whole(case.check, entry.name)
        if not case.judge_failed:
            level = "error" if failed else "note"
            yield from (_finding(finding, level, entry.name) for finding in located)


def _whole(check: CheckResult, file: str) -> _Found:
    rule = next((finding.code for finding in check.findings if finding.code), check.name)
    message = "\n".join(check_lines(check))
    return _Found(rule or _UNNAMED, "error", message, check.message, file, None)


def _finding(finding: Finding, level: str, file: str) -> _Found:
    message = "\n".join(filter(None, (finding.message, finding.cause, finding.hint)))
    rule = finding.code or _UNNAMED
    return _Found(rule, level, message, finding.hint or finding.message, file, finding.where)


def _rule(one: _Found) -> dict[str, Any]:
    words = one.rule.replace("_", " ")
    return {
        "id": one.rule,
        "shortDescription": {"text": words},
        "fullDescription": {"text": words},
        "help": {"text": one.help or words},
        "defaultConfiguration": {"level": one.level},
    }


def _result(one: _Found, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": numbers[one.rule],
        "level": one.level,
        "message": {"text": one.message or one.rule},
        "locations": [_location(one.file, one.where)],
    }


def _location(file: str, where: Where | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if where is None:
        return {"physicalLocation": place}
    place["region"] = {"startLine": max(1, where.line)}
    if where.source:
        place["region"]["snippet"] = {"text": where.source}
    location: dict[str, Any] = {"physicalLocation": place}
    if where.function:
        location["logicalLocations"] = [{"name": where.function, "kind": "function"}]
    return location


def _uri(file: str) -> str:
    """The file as a relative reference, inside the repository."""
    parts = (part for part in PurePosixPath(file).parts if part not in ("/", "//", ".."))
    return "/".join(quote(part, safe="") for part in parts) or _UNNAMED


def _invocation(results: Results) -> dict[str, Any]:
    notes = [*_notes(results)]
    return {
        "executionSuccessful": not notes,
        "startTimeUtc": f"{results.started:%Y-%m-%dT%H:%M:%S}Z",
        "toolExecutionNotifications": notes,
    }


def _notes(results: Results) -> Iterator[dict[str, Any]]:
    for entry in results.entries:
        for case in of_entry(entry):
            if case.judge_failed:
                locations = [_location(entry.name, None)]
                yield {"level": "error", "message": {"text": case.text}, "locations": locations}
    for case in of_run(results):
        yield {"level": "error", "message": {"text": case.text}}
