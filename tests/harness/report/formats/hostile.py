"""Runs in which every text is one that wants to be more than text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from harness.report.results import Results

_PIECES = (
    *"`*_~|\\<>&[]()!#@:$\"'-+=.;/ \n\tax1",
    "```",
    "~~~\n",
    "<script>alert(1)</script>",
    "<img src=https://example.org/x onerror=alert(1)>",
    "</style></title></pre>",
    "{{ 7 * 7 }}",
    "![a](https://example.org/x.png)",
    "[a](javascript:alert(1))",
    "https://example.org",
    "www.example.org",
    "a@example.org",
    "@octocat",
    "#1",
    "octo/cat#1",
    "GH-1",
    "deadbeefdeadbeef",
    ":tada:",
    "$x$",
    "&lt;b&gt;",
    "&#64;octocat",
    "\n# title\n",
    "\n- item\n",
    "\n1. item",
    "\n> quote",
    "\n---\n",
    "\n    code\n",
    "::error::",
    "##[error]",
    "%0A::error::",
)
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)


def everywhere(results: Results, text: str) -> Results:
    """The run with that text in all places where there is one."""
    changed: Results = _changed(results, text)
    return replace(changed, version=results.version)


def _changed(value: Any, text: str) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kept = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(
            value,
            **{key: item if key == "kind" else _changed(item, text) for key, item in kept.items()},
        )
    if isinstance(value, Mapping):
        return {
            key if number else text: _changed(item, text)
            for number, (key, item) in enumerate(value.items())
        }
    if isinstance(value, (list, tuple)):
        return type(value)(_changed(item, text) for item in value)
    return text if isinstance(value, str) and not isinstance(value, Enum) else value
