from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import Diagnostic, ProblemError
from harness.problem.library import Library

TOML = """\
entry = "double_sum"
title = "A doubled sum"
level = "easy"
summary = "Add the rows, twice."
batches = 16
minimum_move = 0.5

[dimensions]
N = { min = 1, max = 4 }
B = { min = 2, max = 3 }

[[arguments]]
name = "start"
shape = []
dtype = "float32"
range = [-1.0, 1.0]

[[arguments]]
name = "rows"
shape = ["N", "B", 2]
dtype = "int32"
range = [0, 9]

[result]
shape = ["B"]
dtype = "float32"

[structure]
constant_size = ["N"]

[structure.scan]
length = "N"
carry = ["start"]
xs = ["rows"]

[points]
correctness = 3
structure = 1.5

[limits]
wall_seconds = 5
cpu_seconds = 4.5
memory_mib = 256
output_kib = 8
equations = 1000

[[hints]]
error = "TypeError"
match = "tuple"
code = "unpack"
message = "Unpack the tuple."
stage = "trace"
"""

SOURCE = "def double_sum(start, rows):\n    return start\n"

Edit = Callable[..., Path]
Vary = Callable[..., Library]


def write(folder: Path, toml: str = TOML, source: str = SOURCE) -> Path:
    folder.mkdir(parents=True)
    (folder / "problem.toml").write_text(toml, "utf-8")
    (folder / "statement.md").write_text("# A doubled sum\n", "utf-8")
    (folder / "reference.py").write_text(source, "utf-8")
    (folder / "starter.py").write_text(source, "utf-8")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Edit:
    """Writes a valid package with some pieces of its TOML replaced, and gives its folder."""

    def edit(*replacements: tuple[str, str], name: str = "double_sum") -> Path:
        toml = TOML
        for old, new in replacements:
            assert toml.count(old) >= 1, old
            toml = toml.replace(old, new, 1)
        return write(tmp_path / "problems" / name, toml)

    return edit


@pytest.fixture
def vary(tmp_path: Path) -> Vary:
    """Writes `double_sum` and a variant of it, and gives the library that holds both.

    Files are given by the first word of their names; a reference is written in any case.
    """
    root = tmp_path / "problems"

    def write_variant(toml: str, name: str = "variant", base: str = TOML, **files: str) -> Library:
        if not (root / "double_sum").exists():
            write(root / "double_sum", base)
        (root / name).mkdir()
        (root / name / "problem.toml").write_text(toml, "utf-8")
        files = {"reference": SOURCE, **files}
        for stem, text in files.items():
            suffix = ".md" if stem == "statement" else ".py"
            (root / name / f"{stem}{suffix}").write_text(text, "utf-8")
        return Library((root,))

    return write_variant


def mistakes(library: Library, id: str = "variant") -> list[Diagnostic]:
    """What is wrong with a problem; at least one thing is."""
    with pytest.raises(ProblemError) as caught:
        library.load(id)
    assert caught.value.diagnostics
    return list(caught.value.diagnostics)


def said(library: Library, id: str = "variant") -> list[str]:
    """What is said about a problem, each with its file below the folder of problems."""
    (root,) = library.roots
    return [str(found).removeprefix(f"{root}/") for found in mistakes(library, id)]
