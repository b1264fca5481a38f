"""A problem, loaded and free of mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graders.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Problem:
    """One exercise: what learners read, and what the graders go by.

    `tags` say what it exercises. `statement` is Markdown with `$...$` for mathematics, and
    `starter` the text of a Python file. `version` is the SHA-256, in hexadecimal, of everything a
    verdict depends on: `reference.py`, and `problem.toml` with those of the problems it extends.
    """

    id: str
    title: str
    level: str
    summary: str
    tags: tuple[str, ...]
    folder: Path
    rubric: Rubric
    statement: str
    reference: Path
    starter: str
    version: str
