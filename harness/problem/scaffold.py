"""Begins a problem with its samples: as a copy of the template, or as a variant of another one."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.verdict import Verdict
from harness.errors import UsageError
from harness.problem.diagnostics import Place
from harness.problem.lenient import identifier
from harness.problem.library import Library, built_in
from harness.problem.model import Problem
from harness.problem.statement import split

LABELS = (Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.WRONG_STRUCTURE)
_TEMPLATE = "moving_average"

_TOML = """\
# What is given here takes the place of what is said in the problem that this one extends. jaxjudge
# names every mistake in here with its line; docs/problem-format.md describes every key.

extends = "{base}"
entry = "{id}" # the function learners write
title = "{title}"

# Give what else differs, for example:
#
# level = "{level}"
# summary = "One line for lists of problems."
#
# [dimensions]
# {dimension} = {{ max = {max} }}
#
# [[arguments]] # a known one is changed by the keys given; one with a new name is added
# name = "{argument}"
# range = [-1.0, 1.0]
"""
_STATEMENT = """\
<!-- Learners do not see comments. The statement of {base} is taken over, but for
what is written here: the title with the text below it, or a section with its heading. They are

{headings}
-->
"""
_REFERENCE = (
    "# What this file's function returns is right: change it to what the variant asks for.\n\n"
)


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The files of a new problem: of its package by name, and of its samples by label and name."""

    package: Mapping[str, str]
    samples: Mapping[str, str]


def template() -> Library:
    """The library that holds the problem copied for a new one."""
    return Library((built_in().parent / "template" / "problems",))


def fresh(id: str) -> Scaffold:
    """A problem that begins as a copy of the template; raises `UsageError` for an unfit id."""
    library = template()
    problem, samples = library.load(_TEMPLATE), library.samples(_TEMPLATE)
    names = ("problem.toml", "statement.md", "reference.py", "starter.py")
    texts = {name: (problem.folder / name).read_text("utf-8") for name in names}
    _check_id(id, problem)
    package = {name: _renamed(text, problem, id) for name, text in texts.items()}
    return Scaffold(package, _samples(id, problem, samples))


def variant(id: str, base: Problem, samples: Sequence[tuple[Verdict, Path]]) -> Scaffold:
    """A problem that begins as the same as another, with one of its samples for each label.

    Raises `UsageError` for an unfit id.
    """
    _check_id(id, base)
    reference = base.reference.read_text("utf-8-sig")
    package = {
        "problem.toml": _toml(id, base),
        "statement.md": _statement(base),
        "reference.py": _REFERENCE + _renamed(reference, base, id),
        "starter.py": _renamed(base.starter, base, id),
    }
    return Scaffold(package, _samples(id, base, samples))


def _toml(id: str, base: Problem) -> str:
    dimension = next(iter(base.rubric.dimensions), None)
    return _TOML.format(
        base=base.id,
        id=id,
        title=id.replace("_", " ").strip().capitalize() or id,
        level=base.level,
        dimension=dimension.name if dimension else "N",
        max=dimension.max if dimension else 8,
        argument=base.rubric.arguments[0].name,
    )


def _statement(base: Problem) -> str:
    headings = [section.heading for section in split(base.statement, Place(base.folder))[1:]]
    listed = [f"- {heading}" for heading in headings if "--" not in heading] or ["(none)"]
    return _STATEMENT.format(base=base.id, headings="\n".join(listed))


def _samples(id: str, base: Problem, samples: Sequence[tuple[Verdict, Path]]) -> Mapping[str, str]:
    """For each label the shortest sample that can do without the name `id`."""
    found = {}
    for label in LABELS:
        paths = [path for verdict, path in samples if verdict is label]
        paths.sort(key=lambda path: (path.stat().st_size, path.name))
        for path in (*paths, base.reference) if label is Verdict.ACCEPTED else paths:
            text = path.read_text("utf-8-sig", errors="replace")
            if id == base.rubric.entry or id not in _names(text):
                found[f"{label}/{path.name}"] = _renamed(text, base, id)
                break
    return found


def _check_id(id: str, base: Problem) -> None:
    if not (identifier(id) and id.isascii()):
        raise UsageError(f"{id!r} cannot be the id of a problem: it must be a Python identifier")
    names = _names(base.reference.read_text("utf-8-sig")) | _names(base.starter)
    if id != base.rubric.entry and id in names:
        raise UsageError(
            f"{id} is a name that the reference uses for something else; choose another"
        )


def _names(text: str) -> set[str]:
    """The names in a file of Python, as far as it is Python."""
    found = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME:
                found.add(token.string)
    except (tokenize.TokenError, SyntaxError):
        return found
    return found


def _renamed(text: str, base: Problem, id: str) -> str:
    return re.sub(rf"\b{re.escape(base.rubric.entry)}\b", id, text)
