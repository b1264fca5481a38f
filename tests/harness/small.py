"""A small problem and its samples, written where a test wants them: sound, or with a fault."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from harness.problem.library import Library

_TOML = """\
entry = "{entry}"
title = "A total"
level = "easy"
summary = "Add the rows up."
batches = {batches}
minimum_move = 0.01

[dimensions]
N = {{ min = 1, max = {longest} }}

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


def rubric(entry: str = "total", batches: int = 24, longest: int = 6) -> str:
    """The problem.toml of a problem with another function, or with less to compute."""
    return _TOML.format(entry=entry, batches=batches, longest=longest)


TOML = rubric()
HEAD = "import jax\nimport jax.numpy as jnp\n\n\ndef total(start, rows):\n"
RIGHT = f"{HEAD}    return jax.lax.scan(lambda c, x: (c * 0.5 + x, None), start, rows)[0]\n"
STARTER = 'def total(start, rows):\n    raise NotImplementedError("TODO: add them up")\n'
WRONG = f'"""The rows are subtracted."""\n{RIGHT.replace("+ x", "- x")}'
UNROLLED = f"{HEAD}    for x in rows:\n        start = start * 0.5 + x\n    return start\n"
SAMPLES = MappingProxyType(
    {
        "accepted/right.py": RIGHT,
        "wrong_answer/minus.py": WRONG,
        "wrong_structure/unrolled.py": UNROLLED,
    }
)


def write_package(
    root: Path,
    toml: str = TOML,
    reference: str = RIGHT,
    starter: str = STARTER,
    samples: Mapping[str, str] = SAMPLES,
    id: str = "total",
) -> Library:
    """Write it, in place of one that is there, into problems/ and submissions/ of a folder."""
    folder = root / "problems" / id
    shutil.rmtree(folder, ignore_errors=True)
    files = {
        folder / "problem.toml": toml,
        folder / "statement.md": "# A total\n",
        folder / "reference.py": reference,
        folder / "starter.py": starter,
        **{root / "submissions" / id / name: text for name, text in samples.items()},
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Library((root / "problems",))
