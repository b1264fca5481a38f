"""Grades many copies of a few samples and shows speed, and memory as it goes along.

Run with `python -m benchmarks.soak FILES JOBS` (1000 files, as many jobs as processors).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from harness.grading.command import cores

SAMPLES = Path(__file__).parents[1] / "submissions" / "scan_training_step"
SHOWN = 10


def main() -> None:
    """Grade, and print a line each tenth of the way."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    jobs = int(sys.argv[2]) if len(sys.argv) > 2 else cores()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = sorted((SAMPLES / "accepted").glob("*.py"))
        for number in range(files):
            shutil.copy(samples[number % len(samples)], folder / f"{number:05}.py")
        _watch(folder, files, jobs)


def _watch(folder: Path, files: int, jobs: int) -> None:
    command = [sys.executable, "-m", "harness", "grade", str(folder), "--jobs", str(jobs)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        first = time.perf_counter()
        print(f"first result after {first - began:.2f} s, {jobs} jobs")
        for number in range(2, files + 1):
            process.stdout.readline()
            if number % max(1, files // SHOWN) == 0:
                each = (time.perf_counter() - first) / (number - 1)
                print(f"{number:6} files  {1000 * each:5.0f} ms a file  {_memory(process.pid)}")
        print(process.stdout.read().strip())


def _memory(pid: int) -> str:
    """Resident MiB of the command, of its workers, and of their parents of submissions."""
    sizes, level = [], [pid]
    for _ in range(3):
        sizes.append("+".join(str(_mib(each)) for each in level))
        level = [child for each in level for child in _children(each)]
    return f"MiB: command {sizes[0]}, workers {sizes[1]}, their parents {sizes[2]}"


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _mib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) >> 10


if __name__ == "__main__":
    main()
