"""Reads documents back: what `jsondoc` writes becomes what it was written from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from harness.report.document import Entry, Report, Ungraded
from harness.report.jsondoc import SCHEMA, UNGRADED

_NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def read(document: object) -> Entry:
    """The report, or why there is none, that a document tells of.

    Its texts are those of the document: clean, and cut where they were long. Raises `ValueError`
    that says what was expected where, for anything that is not such a document.
    """
    if not isinstance(document, Mapping):
        raise ValueError("expected a JSON object")
    schema = document.get("schema")
    if schema not in (SCHEMA, UNGRADED):
        raise ValueError(f"expected the schema {SCHEMA} or {UNGRADED}, found {schema!r:.80}")
    try:
        if schema == UNGRADED:
            return cast(Ungraded, _reader(Ungraded).validate_python(_ungraded(document)))
        return cast(Report, _reader(Report).validate_python(_report(document)))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{place}: {first['msg']}") from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"a key is missing or of the wrong type: {error}") from None


@cache
def _reader(kind: type[Any]) -> TypeAdapter[Any]:
    from graders.view import View

    adapter = TypeAdapter(kind)
    adapter.rebuild(_types_namespace={"View": View, "Mapping": Mapping})
    return adapter


def _ungraded(document: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": document["submission"]["name"], **document["error"]}


def _report(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "problem": document["problem"]["id"],
        "problem_version": document["problem"]["version"],
        **{key: document["submission"][key] for key in ("name", "sha256")},
        "judgement": _judgement(document),
        **{key: document[key] for key in ("isolation", "output", "timings", "versions")},
        "program": _program(document["program"]),
    }


def _judgement(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "verdict": document["verdict"],
        "checks": [_check(check) for check in document["checks"]],
        "counterexample": _counterexample(document["counterexample"]),
        "evidence": document["evidence"],
    }


def _check(check: Mapping[str, Any]) -> dict[str, Any]:
    return {**check, "findings": [_finding(finding) for finding in check["findings"]]}


def _finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in finding.items() if key != "location"}
    return {**rest, "where": finding["location"]}


def _counterexample(example: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if example is None:
        return None
    trajectory = [_moment(moment) for moment in example["trajectory"]]
    return {**example, "arguments": _numbers(example["arguments"]), "trajectory": trajectory}


def _moment(moment: Mapping[str, Any]) -> dict[str, Any]:
    gradients = {
        name: (_numbers(pair["expected"]), _numbers(pair["got"]))
        for name, pair in moment["gradients"].items()
    }
    carries = {key: _numbers(moment[key]) for key in ("expected", "got")}
    return {**moment, **carries, "gradients": gradients}


def _program(program: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if program is None:
        return None
    return {**program, "dimensions": tuple(program["dimensions"].items())}


def _numbers(value: Any) -> Any:
    """Nested values with the numbers that JSON has no word for in their places."""
    if isinstance(value, str):
        return _NUMBERS.get(value, value)
    if isinstance(value, Mapping):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return value
