"""What a problem package should be: its folder's name, its rubric and its files, as diagnostics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.problem import check_rubric, source
from harness.problem.diagnostics import Diagnostics, near
from harness.problem.lenient import identifier, tables


def check(
    name: str,
    raw: Mapping[str, Any] | None,
    texts: Mapping[str, str],
    diagnostics: Diagnostics,
) -> None:
    """Report all that is wrong with a package, given its TOML and its files as far as read."""
    if not identifier(name):
        diagnostics.file("", f"expected the folder's name to be an identifier, found {name!r}")
    if "statement.md" in texts and not texts["statement.md"].strip():
        diagnostics.file("statement.md", "expected the task in Markdown, found nothing")
    if raw is not None:
        check_rubric.check(raw, diagnostics)
    _check_sources(raw or {}, texts, diagnostics)


def _check_sources(
    raw: Mapping[str, Any], texts: Mapping[str, str], diagnostics: Diagnostics
) -> None:
    names = [argument.get("name") for _, argument in tables(raw, "arguments")]
    wanted = ", ".join(name for name in names if isinstance(name, str))
    for file in ("reference.py", "starter.py"):
        if file in texts:
            _check_source(file, texts[file], raw.get("entry"), wanted, diagnostics)


def _check_source(
    file: str, text: str, entry: object, wanted: str, diagnostics: Diagnostics
) -> None:
    try:
        tree = source.parse(text)
    except SyntaxError as error:
        diagnostics.file(file, f"expected Python source: {error.msg}", error.lineno)
        return
    if not (isinstance(entry, str) and identifier(entry)):
        return
    expected = f"expected `def {entry}({wanted})`"
    found = source.parameters(tree, entry)
    if found is None:
        likely = near(entry, source.function_names(tree))
        diagnostics.file(file, f"{expected}, found no such function", suggestion=likely)
    elif found[1] != wanted:
        diagnostics.file(file, f"{expected}, found `def {entry}({found[1]})`", found[0])
