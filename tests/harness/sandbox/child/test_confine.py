"""Limits are for life, so each test sets them on a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

LIMITS = {"cpu": 1.0, "memory": 256 << 20, "file": 1 << 20}


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    head = f"from harness.sandbox.child import confine\nconfine.apply({LIMITS})\n"
    command = [sys.executable, "-c", head + code]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, timeout=30, check=False
    )


def test_more_memory_than_allowed_is_a_memory_error(tmp_path: Path) -> None:
    done = _run("bytearray(100 << 20)\nbytearray(512 << 20)", tmp_path)
    assert "\nMemoryError\n" in done.stderr


def test_cpu_time_runs_out(tmp_path: Path) -> None:
    done = _run("while True: pass", tmp_path)
    assert done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_a_file_grows_only_so_far(tmp_path: Path) -> None:
    done = _run("open('big', 'wb', 0).write(b'x' * (3 << 20))\nprint('wrote a part')", tmp_path)
    left = tmp_path / "big"
    assert not left.exists() or left.stat().st_size <= 1 << 20, done


def test_only_so_many_files_can_be_open(tmp_path: Path) -> None:
    done = _run("import os\nkept = [os.dup(0) for _ in range(500)]", tmp_path)
    assert "Too many open files" in done.stderr


def test_what_is_written_is_the_owners_alone(tmp_path: Path) -> None:
    done = _run("import os\nprint(oct(os.umask(0)))", tmp_path)
    assert done.stdout.strip() == "0o77"


def test_limits_cannot_be_raised_again_and_no_core_is_left(tmp_path: Path) -> None:
    code = (
        "import resource as r\n"
        "for name in ('DATA', 'FSIZE', 'CORE'):\n"
        "    soft, hard = r.getrlimit(getattr(r, 'RLIMIT_' + name))\n"
        "    print(soft == hard, soft)\n"
    )
    done = _run(code, tmp_path)
    assert done.stdout.split() == ["True", str(256 << 20), "True", str(1 << 20), "True", "0"]


def test_no_program_can_gain_privileges(tmp_path: Path) -> None:
    done = _run("print(open('/proc/self/status').read())", tmp_path)
    assert "NoNewPrivs:\t1" in done.stdout


def test_a_child_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    code = (
        "import os, time\nfrom harness.sandbox.child import confine\n"
        "started = os.fork()\n"
        "if started == 0:\n"
        "    confine.die_with_parent()\n"
        "    os.write(1, b'%d' % os.getpid())\n"
        "    time.sleep(60)\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=tmp_path)
    assert process.stdout is not None
    child = int(os.read(process.stdout.fileno(), 100))
    process.kill()
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_what_the_system_does_not_know_is_left_out(tmp_path: Path) -> None:
    code = (
        "import ctypes, resource\nfrom harness.sandbox.child import confine\n"
        "del resource.RLIMIT_DATA\nctypes.CDLL = lambda name: object()\n"
        f"confine.apply({LIMITS})\nconfine.die_with_parent()\nprint('went on')"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stdout.strip() == "went on", done.stderr
