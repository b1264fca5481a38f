"""One process judges many sources through `Judge`: throughput, and memory as it goes along.

Run with `python -m benchmarks.embedded [--submissions N] [--jobs K]`. Every source differs from all
others; in turn they are accepted, wrong, wrongly built, failing, and no Python.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cold import measured_environment
from harness.grading.command import cores
from harness.judge import Judge, Submission

PROBLEM = "scan_training_step"
SAMPLES = Path(__file__).parents[1] / "submissions" / PROBLEM
HEAD = f"def {PROBLEM}(w, lr, x_batches, y_batches):\n"
STEPS = (0.1, 0.25, 0.5, 1.0)


def main() -> None:
    """Judge, and print a row of the table at each step of the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=cores())
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        measured_environment(cache)
        watch(asked.submissions, asked.jobs)


def watch(count: int, jobs: int) -> None:
    """Judge so many sources and print what it takes."""
    print(f"{count} submissions to {PROBLEM}, {jobs} jobs")
    print("  judged   a second   MiB: caller   workers   their parents")
    shown = {max(1, round(step * count)) for step in STEPS}
    verdicts: Counter[str] = Counter()
    with Judge(PROBLEM, "none", jobs=jobs) as judge:
        for _ in judge.judge_many([text for text, _ in zip(texts(), range(10), strict=False)]):
            pass  # what is computed once, such as the known mistakes, is not what is measured
        row(0, 0.0)
        began = time.perf_counter()
        for number, report in enumerate(judge.judge_many(sources(count)), 1):
            verdicts[report.judgement.verdict.value] += 1
            if number in shown:
                row(number, number / (time.perf_counter() - began))
    print("  " + ", ".join(f"{name} {number}" for name, number in sorted(verdicts.items())))


def sources(count: int) -> Iterator[Submission]:
    """So many sources, made when they are asked for."""
    for number, text in zip(range(count), texts(), strict=False):
        yield Submission(f"{number}", f"{text}\n# {number}\n")


def texts() -> Iterator[str]:
    """Texts of submissions without end, of every kind in turn."""
    accepted = [path.read_text() for path in sorted((SAMPLES / "accepted").glob("*.py"))[:3]]
    wrong = (SAMPLES / "wrong_answer" / "mean_loss.py").read_text()
    built = sorted((SAMPLES / "wrong_structure").glob("*.py"))[0].read_text()
    failing = [f"{HEAD}    return undefined\n", "def f(", "\0", "raise SystemExit"]
    while True:
        yield from (*accepted, wrong, built, *failing, wrong)


def row(number: int, rate: float) -> None:
    """Print how many were judged, how fast, and resident MiB by kind of process."""
    level = [os.getpid()]
    sizes = []
    for _ in range(3):
        sizes.append("+".join(str(mib(pid)) for pid in level))
        level = [child for pid in level for child in children(pid)]
    print(f"{number:8} {rate:10.2f} {sizes[0]:>13} {sizes[1]:>9} {sizes[2]:>15}", flush=True)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return sorted(int(child) for task in tasks for child in task.read_text().split())


def mib(pid: int) -> int:
    """Resident memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) >> 10


if __name__ == "__main__":
    main()
