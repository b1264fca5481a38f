"""The least a verdict can cost: fork from a parent with JAX, trace, compile and run once.

Run with `python -m benchmarks.floor FILE ROUNDS`: prints `ready`, then the seconds of one round
for each line it reads.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import jax
import numpy as np

from graders import inputs
from harness.problem.library import standard_library
from harness.sandbox.child import preload
from harness.sandbox.child.load import load


def main() -> None:
    """Measure a file, once for each line read."""
    path, rounds = sys.argv[1], int(sys.argv[2])
    rubric = standard_library({}).load("scan_training_step").rubric
    shapes = [
        [argument.type(shape) for argument in rubric.arguments] for shape in inputs.shapes(rubric)
    ]
    preload.preload()
    print("ready", flush=True)
    for _ in range(rounds):
        sys.stdin.readline()
        print(once(path, rubric.entry, shapes), flush=True)


def once(path: str, entry: str, shapes: list[list[Any]]) -> float:
    """Seconds from the fork to the end of the child."""
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        work(path, entry, shapes)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if status:
        raise RuntimeError(f"the child ended with {status}")
    return time.perf_counter() - started


def work(path: str, entry: str, shapes: list[list[Any]]) -> None:
    """Trace every shape; compile and run the last."""
    function = getattr(load(str(Path(path))), entry)
    for types in shapes:
        structs = [jax.ShapeDtypeStruct(type.shape, type.dtype) for type in types]
        traced = jax.jit(lambda *arguments: function(*arguments)).trace(*structs)
    arguments = [np.ones(type.shape, type.dtype) for type in shapes[-1]]
    np.asarray(traced.lower().compile()(*arguments))


if __name__ == "__main__":
    main()
