"""A small problem with its samples, sound or with a fault in one of its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.problem.library import Library

TOML = """\
entry = "total"
title = "A total"
level = "easy"
summary = "Add the rows up."
batches = 24
minimum_move = 0.01

[dimensions]
N = { min = 1, max = 6 }

[[arguments]]
name = "start"
shape = []
dtype = "float32"
range = [-1.0, 1.0]

[[arguments]]
name = "rows"
shape = ["N"]
dtype = "float32"
range = [-2.0, 2.0]

[result]
shape = []
dtype = "float32"

[structure]
constant_size = ["N"]

[structure.scan]
length = "N"
carry = ["start"]
xs = ["rows"]
"""
HEAD = "import jax\nimport jax.numpy as jnp\n\n\ndef total(start, rows):\n"
RIGHT = f"{HEAD}    return jax.lax.scan(lambda c, x: (c * 0.5 + x, None), start, rows)[0]\n"
STARTER = 'def total(start, rows):\n    raise NotImplementedError("TODO: add them up")\n'
WRONG = f'"""The rows are subtracted."""\n{RIGHT.replace("+ x", "- x")}'
UNROLLED = f"{HEAD}    for x in rows:\n        start = start * 0.5 + x\n    return start\n"
SAMPLES = {
    "accepted/right.py": RIGHT,
    "wrong_answer/minus.py": WRONG,
    "wrong_structure/unrolled.py": UNROLLED,
}

Write = Callable[..., Library]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def package(
        toml: str = TOML, reference: str = RIGHT, starter: str = STARTER, **samples: str
    ) -> Library:
        folder = tmp_path / "problems" / "total"
        folder.mkdir(parents=True)
        (folder / "problem.toml").write_text(toml)
        (folder / "statement.md").write_text("# A total\n")
        (folder / "reference.py").write_text(reference)
        (folder / "starter.py").write_text(starter)
        for name, text in {**SAMPLES, **samples}.items():
            path = tmp_path / "submissions" / "total" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Library((tmp_path / "problems",))

    return package
