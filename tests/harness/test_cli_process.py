"""The command as a process of its own: start-up, signals, pipes, terminals, completion."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "harness"]
PROBLEM = "scan_training_step"
HEAVY = ("jax", "jaxlib", "numpy", "hypothesis", "pydantic", "rich", "harness.engine", "sqlalchemy")
ENDLESS = f"""\
def {PROBLEM}(w, lr, x_batches, y_batches):
    while True:
        pass
"""


def _run(
    *arguments: str, env: Mapping[str, str] = os.environ, code: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, env=env, timeout=60, check=False
    )
    assert done.returncode == code, done.stderr
    return done


def _imported(code: str) -> set[str]:
    program = f"import sys; from harness.__main__ import main; {code}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["submit", "--help"],
        ["submit", "nowhere.py"],
        ["grade", "--help"],
        ["grade", "nowhere"],
        ["compare", "--help"],
        ["serve", "--help"],
    ],
)
def test_start_up_imports_nothing_heavy(arguments: list[str]) -> None:
    assert _imported(f"main({arguments})").isdisjoint(HEAVY)


def test_the_doctor_and_plain_reports_do_without_rich() -> None:
    assert _imported("main(['doctor'])").isdisjoint(("jax", "rich", "pydantic"))
    assert "rich" not in _imported("import harness.report.terminal, harness.report.jsondoc")


def test_a_reader_that_went_away_is_not_reported(tmp_path: Path) -> None:
    for arguments in (["show", PROBLEM], ["--help"], ["doctor", "-f", "json"]):
        reading, writing = os.pipe()
        os.close(reading)
        with open(writing, "wb") as pipe:
            done = subprocess.run(
                [*COMMAND, *arguments], stdout=pipe, stderr=subprocess.PIPE, timeout=60, check=False
            )
        assert done.stderr == b""


def test_output_that_does_not_fit_on_the_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "show", PROBLEM], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 3
    assert done.stderr == (
        "jaxjudge: error: cannot write to standard output: no space left on device\n"
    )


def _children(pid: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def _alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGINT, 130, "jaxjudge: interrupted"), (signal.SIGTERM, 143, "")],
)
def test_an_interrupted_judge_leaves_nothing_behind(
    tmp_path: Path, number: signal.Signals, code: int, said: str
) -> None:
    (tmp_path / "my.py").write_text(ENDLESS)
    command = [*COMMAND, "submit", "my.py", "-o", "report.json"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 30
        while len(started := _children(process.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(number)
        _, stderr = process.communicate(timeout=30)
    assert process.returncode == code
    assert stderr.strip() == said
    assert started
    deadline = time.monotonic() + 10
    while _alive(started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(started)
    assert [path.name for path in tmp_path.iterdir()] == ["my.py"]


def _on_a_terminal(arguments: list[str], environment: Mapping[str, str]) -> str:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=slave, stdin=slave, stderr=slave, env=environment
    )
    os.close(slave)
    found = b""
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        found += data
    os.close(master)
    process.wait(timeout=30)
    return found.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_rendered_markdown() -> None:
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {**plain, "TERM": "xterm-256color", "COLUMNS": "80"}
    assert "\x1b[32m✓\x1b[0m python" in _on_a_terminal(["doctor"], environment)
    statement = _on_a_terminal(["show", PROBLEM], environment)
    assert "\x1b[" in statement
    assert "**" not in statement


def test_a_terminal_may_refuse_colour() -> None:
    for extra in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        environment = {**os.environ, "TERM": "xterm", **extra}
        assert "\x1b" not in _on_a_terminal(["doctor"], environment)
        assert "\x1b" not in _on_a_terminal(["show", PROBLEM], environment)


def test_a_stream_without_the_signs_gets_ascii() -> None:
    done = _run("doctor", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.stdout.isascii()
    assert "+ python" in done.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("jaxjudge sub", "submit"),
        ("jaxjudge show scan_tr", PROBLEM),
        ("jaxjudge start sc", PROBLEM),
    ],
)
def test_the_shell_completes_commands_and_problems(words: str, completed: str) -> None:
    environment = {
        **os.environ,
        "_JAXJUDGE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    assert completed in _run(env=environment).stdout
