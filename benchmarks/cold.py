"""A cold `jaxjudge submit` beside `import jax` and beside a harness written by hand.

Run with `python -m benchmarks.cold [ROUNDS]`. The three are measured in turn, so that a noisy
machine is noisy for all of them; medians and ratios are printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "submissions" / "scan_training_step" / "accepted" / "grad.py"
PLAIN = ROOT / "benchmarks" / "plain" / "test_plain.py"
COMMANDS = {
    "jaxjudge submit": [sys.executable, "-m", "harness", "submit", str(SAMPLE)],
    "import jax": [sys.executable, "-c", "import jax"],
    "pytest + hypothesis + jax": [
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("--rootdir", str(PLAIN.parent), "-c", os.devnull, str(PLAIN)),
    ],
}


def main() -> None:
    """Print medians in seconds, and how they compare."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as cache:
        environment = measured_environment(cache)
        first = measure(COMMANDS["jaxjudge submit"], environment)
        taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(rounds):
            for name, command in COMMANDS.items():
                taken[name].append(measure(command, environment))
    report({name: statistics.median(times) for name, times in taken.items()}, first, rounds)


def measured_environment(cache: str) -> dict[str, str]:
    """The environment of everything that is measured: a cache of its own, one thread for BLAS."""
    os.environ.update(
        {
            "JAXJUDGE_CACHE": cache,
            "SUBMISSION": str(SAMPLE),
            "JAX_PLATFORMS": "cpu",
            "OPENBLAS_NUM_THREADS": "1",
        }
    )
    return dict(os.environ)


def measure(command: list[str], environment: dict[str, str]) -> float:
    """Seconds one run of a command takes; raises when it fails."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, cwd="/", check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def report(medians: dict[str, float], first: float, rounds: int) -> None:
    """Print the table."""
    submit, imported, plain = medians.values()
    print(f"cold start, medians of {rounds} rounds, measured in turn")
    for name, seconds in medians.items():
        print(f"  {name:28}{seconds:8.2f} s")
    print(f"  submit / import jax         {submit / imported:8.2f}   (at most 2.5)")
    print(f"  submit / plain harness      {submit / plain:8.2f}   (at most 0.33)")
    print(f"  the very first submit, which draws the batches, took {first:.2f} s")


if __name__ == "__main__":
    main()
