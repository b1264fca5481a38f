"""What a problem package should be: its folder's name, its rubric and its files, as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from harness.problem import check_rubric, source
from harness.problem.diagnostics import Diagnostics, Place, near
from harness.problem.lenient import identifier, tables
from harness.problem.package import Source


def check(
    name: str,
    raw: Mapping[str, Any] | None,
    sources: Iterable[Source],
    diagnostics: Diagnostics,
) -> None:
    """Report all that is wrong with a package, given its rubric and sources as far as read."""
    if not identifier(name):
        diagnostics.file("", f"expected the folder's name to be an identifier, found {name!r}")
    if raw is not None:
        check_rubric.check(raw, diagnostics)
    names = [argument.get("name") for _, argument in tables(raw or {}, "arguments")]
    wanted = ", ".join(name for name in names if isinstance(name, str))
    for written in sources:
        _check_source(written, (raw or {}).get("entry"), wanted, diagnostics)


def _check_source(written: Source, entry: object, wanted: str, diagnostics: Diagnostics) -> None:
    try:
        tree = source.parse(written.text)
    except SyntaxError as error:
        place = Place(written.path, error.lineno)
        diagnostics.at(place, f"expected Python source: {error.msg}")
        return
    if not (isinstance(entry, str) and identifier(entry)):
        return
    expected = f"expected `def {entry}({wanted})`"
    found = source.parameters(tree, entry)
    if found is None:
        likely = near(entry, source.function_names(tree))
        diagnostics.at(Place(written.path), f"{expected}, found no such function", likely)
    elif found[1] != wanted:
        place = Place(written.path, found[0])
        diagnostics.at(place, f"{expected}, found `def {entry}({found[1]})`")
