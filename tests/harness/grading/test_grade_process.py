"""The command as a process: signals, terminals, readers that leave, and memory."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "harness", "grade"]
SAMPLES = Path(__file__).parents[3] / "submissions" / "scan_training_step"
GROWTH_KIB = 8 << 10
ENDLESS = """\
def scan_training_step(w, lr, x_batches, y_batches):
    while True:
        pass
"""


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def _fill(folder: Path, count: int, endless: int = 0) -> None:
    folder.mkdir()
    answers = sorted((SAMPLES / "accepted").glob("*.py"))[:5]
    for number in range(count):
        shutil.copy(answers[number % len(answers)], folder / f"s{number:04}.py")
    for number in range(endless):
        (folder / f"z{number}.py").write_text(ENDLESS)


def _below(pid: int) -> set[int]:
    """Every process below one, itself included."""
    found, waiting = set(), [pid]
    while waiting:
        each = waiting.pop()
        found.add(each)
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            waiting += map(int, task.read_text().split())
    return found


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"]
)
def test_an_interrupted_class_is_summed_up_and_leaves_nothing_behind(
    tmp_path: Path, temporary: Path, number: signal.Signals, code: int
) -> None:
    _fill(tmp_path / "class", 1, endless=3)
    command = [*COMMAND, "class", "--jobs", "2", "--format", "terminal"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        assert "accepted" in process.stdout.readline()
        time.sleep(0.5)
        started = _below(process.pid)
        process.send_signal(number)
        began = time.monotonic()
        rest, _ = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Graded 1 of 4 files\n" in rest
    assert time.monotonic() - began < 10
    assert len(started) > 4
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []
    assert list(temporary.iterdir()) == []


def test_what_a_killed_one_left_is_removed_by_the_next(tmp_path: Path, temporary: Path) -> None:
    _fill(tmp_path / "class", 1)
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = [*COMMAND, "class", "--jobs", "1"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, env=environment
    ) as process:
        assert _soon(lambda: bool(list(temporary.glob("jaxjudge-grade-*/jaxjudge-box-*"))))
        started = _below(process.pid) - {process.pid}
        process.kill()
    assert list(temporary.iterdir())
    assert _soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert list(temporary.iterdir()) == []


def _soon(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def test_a_reader_that_leaves_ends_the_grading(tmp_path: Path, temporary: Path) -> None:
    _fill(tmp_path / "class", 2, endless=4)
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with open(writing, "wb") as pipe:
        done = subprocess.run(
            [*COMMAND, "class", "--jobs", "1"],
            cwd=tmp_path,
            stdout=pipe,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=60,
            check=False,
        )
    assert done.stderr == b""
    assert list(temporary.iterdir()) == []


def test_a_terminal_gets_a_bar_and_whole_lines(tmp_path: Path) -> None:
    _fill(tmp_path / "class", 2)
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [*COMMAND, "class"], cwd=tmp_path, stdout=slave, stderr=slave, env=environment
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            seen += os.read(master, 1 << 16)
        except OSError:  # the other end is closed
            break
    os.close(master)
    assert process.wait(timeout=30) == 0
    text = seen.decode()
    assert "grading" in text
    assert "0/2" in text
    assert "\x1b[32m✓\x1b[0m accepted              100/100 class/s0000.py" in text
    assert "Graded 2 files" in text


def _kib(pids: set[int]) -> int:
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return total


def test_memory_does_not_grow_with_the_class(tmp_path: Path) -> None:
    _fill(tmp_path / "class", 60)
    command = [*COMMAND, "class", "--jobs", "1"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        sizes = []
        for _ in range(60):
            process.stdout.readline()
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
            sizes.append(_kib({process.pid, *map(int, children.split())}))
        process.stdout.read()
    assert process.returncode == 0
    assert max(sizes[-10:]) - max(sizes[10:20]) < GROWTH_KIB
