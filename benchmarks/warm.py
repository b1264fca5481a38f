"""Warm verdicts beside the floor, throughput with one and two jobs, and how the cost grows.

Run with `python -m benchmarks.warm [ROUNDS]`. Figures that are compared are measured in turn.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.cold import PLAIN, ROOT, SAMPLE, measured_environment
from harness.engine import Engine
from harness.problem.library import standard_library
from harness.problem.model import Problem

PICTURE = ROOT / "docs" / "growth.svg"
FILES = 40


def main() -> None:
    """Print every table, and draw the picture of the last."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    problem = standard_library({}).load("scan_training_step")
    with tempfile.TemporaryDirectory() as cache:
        environment = measured_environment(cache)
        verdicts, floor, plain = compared(problem, rounds, environment)
        median = statistics.median(verdicts)
        print(f"warm verdict, {rounds} rounds, each beside one of the floor")
        print(f"  warm verdict, median        {median * 1000:8.0f} ms")
        print(f"  warm verdict, 95 %          {quantile(verdicts) * 1000:8.0f} ms")
        print(f"  floor, median               {floor * 1000:8.0f} ms")
        print(f"  pytest + hypothesis + jax   {plain * 1000:8.0f} ms")
        print(f"  verdict / floor             {median / floor:8.2f}   (at most 1.5)")
        print(f"  plain / verdict             {plain / median:8.1f}   (at least 20)")
        one, two = throughput(1, environment), throughput(2, environment)
        print(f"throughput of `jaxjudge grade`, {FILES} files")
        print(f"  --jobs 1                    {one:8.2f} files/s")
        print(f"  --jobs 2                    {two:8.2f} files/s")
        print(f"  two jobs / one              {two / one:8.2f}   (at least 1.7 on two cores)")
        draw(growth(problem))


def compared(
    problem: Problem, rounds: int, environment: dict[str, str]
) -> tuple[list[float], float, float]:
    """Seconds of warm verdicts; the median of the floor; seconds of the plain harness."""
    source = SAMPLE.read_bytes()
    verdicts, floors = [], []
    command = [sys.executable, "-m", "benchmarks.floor", str(SAMPLE), str(rounds)]
    with (
        Engine(warm=True) as judge,
        subprocess.Popen(
            command, env=environment, cwd=ROOT, text=True, stdin=-1, stdout=-1
        ) as floor,
    ):
        assert floor.stdin is not None
        assert floor.stdout is not None
        floor.stdout.readline()
        judge.judge(source, SAMPLE.name, problem)
        for _ in range(rounds):
            floor.stdin.write("\n")
            floor.stdin.flush()
            floors.append(float(floor.stdout.readline()))
            verdicts.append(seconds(lambda: judge.judge(source, SAMPLE.name, problem)))
    arguments = ["-q", "-p", "no:cacheprovider", "--rootdir", str(PLAIN.parent)]
    plain = [sys.executable, "-m", "pytest", *arguments, "-c", "/dev/null", str(PLAIN)]
    taken = seconds(
        lambda: subprocess.run(
            plain, env=environment, cwd="/", check=True, stdout=subprocess.DEVNULL
        )
    )
    return verdicts, statistics.median(floors), taken


def throughput(jobs: int, environment: dict[str, str]) -> float:
    """Files a second between the first report of `jaxjudge grade` and the last."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(FILES):
            (Path(folder) / f"file{number}.py").write_bytes(SAMPLE.read_bytes())
        command = [sys.executable, "-m", "harness", "grade", folder, "--jobs", str(jobs)]
        with subprocess.Popen(
            [*command, "--format", "jsonl"], env=environment, cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            times = [time.perf_counter() for _ in process.stdout]
    skipped = 2 * jobs
    return (len(times) - 1 - skipped) / (times[-1] - times[skipped])


def growth(problem: Problem) -> dict[str, list[tuple[int, float]]]:
    """Milliseconds of a warm verdict by number of batches, by N, and by operations in the body."""
    source = SAMPLE.read_bytes()
    curves: dict[str, list[tuple[int, float]]] = {}
    with Engine(warm=True) as judge:

        def verdict(problem: Problem, source: bytes) -> float:
            judge.judge(source, "my.py", problem)
            return 1000 * statistics.median(
                seconds(lambda: judge.judge(source, "my.py", problem)) for _ in range(5)
            )

        curves["batches"] = [
            (count, verdict(changed(problem, batches=count), source))
            for count in (64, 256, 1024, 4096)
        ]
        curves["N"] = [
            (size, verdict(changed(problem, n=size), source)) for size in (12, 24, 48, 96)
        ]
        curves["operations in the body"] = [
            (size, verdict(problem, longer(source, size))) for size in (10, 40, 160, 640)
        ]
    print("milliseconds of a warm verdict")
    for name, points in curves.items():
        print(f"  by {name:24}", *(f"{size:>6}: {taken:.0f}" for size, taken in points))
    return curves


def changed(problem: Problem, batches: int | None = None, n: int | None = None) -> Problem:
    """The problem with more batches or more steps; its version says so."""
    rubric = problem.rubric
    if batches is not None:
        rubric = replace(rubric, batches=batches)
    if n is not None:
        first, *others = rubric.dimensions
        rubric = replace(rubric, dimensions=(replace(first, max=n), *others))
    return replace(problem, rubric=rubric, version=f"{problem.version}-{batches}-{n}")


def longer(source: bytes, operations: int) -> bytes:
    """A training loop whose body does so many more operations that change nothing."""
    return (
        b"import jax\nimport jax.numpy as jnp\n"
        b"def scan_training_step(w, lr, x_batches, y_batches):\n"
        b"    def body(w, batch):\n"
        b"        x, y = batch\n"
        b"        for _ in range(%d):\n"
        b"            x = x * 1.0\n"
        b"        return w - lr * 2 * jnp.sum(x * (w * x - y)), None\n"
        b"    return jax.lax.scan(body, w, (x_batches, y_batches))[0]\n" % operations
    )


def draw(curves: dict[str, list[tuple[int, float]]]) -> None:
    """Write the picture of how the cost grows."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "jaxjudge"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(curves), figsize=(9, 3), sharey=True)
    for axis, (name, points) in zip(axes, curves.items(), strict=True):
        axis.plot(*zip(*points, strict=True), marker="o")
        axis.set_xscale("log", base=2)
        axis.set_xticks([size for size, _ in points], [str(size) for size, _ in points])
        axis.set_xlabel(name)
        axis.grid(alpha=0.3)
    highest = max(taken for points in curves.values() for _, taken in points)
    axes[0].set_ylim(0, 1.05 * highest)
    axes[0].set_ylabel("warm verdict, ms")
    figure.tight_layout()
    figure.savefig(PICTURE, metadata={"Date": None})
    print(f"drew {PICTURE.relative_to(ROOT)}")


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def quantile(times: list[float]) -> float:
    """The time 95 in 100 do not exceed."""
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


if __name__ == "__main__":
    main()
