"""Limits are for life, so each test sets them on a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.sandbox.child import confine, landlock, namespaces, seccomp

# JAX warns of forks in a process that has imported it, as other tests of the same worker have.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
LIMITS = {"cpu": 1.0, "memory": 256 << 20, "file": 1 << 20}


_HEAD = f"""\
import os, resource, signal, sys, traceback
from pathlib import Path
from harness.sandbox.child import confine, namespaces, visible

def enter(level):
    "Go into a box below the current folder, as a child of a warm parent does."
    folder, paths, plan = Path.cwd(), visible.paths(), confine.make_plan(level)
    assert plan.level is level, plan.missing
    if plan.namespaces:
        namespaces.enter()
        pid = os.fork()
        if pid:
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            os._exit(status & 255)
        (folder / "root").mkdir()
        namespaces.build_root(folder / "root", paths)
    work = confine.private_folders(plan, folder)
    confine.set_limits({LIMITS})
    confine.confine(plan, work, paths)

"""


def _python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, timeout=30, check=False
    )


def _limited(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(f"{_HEAD}confine.set_limits({LIMITS})\n{code}", folder)


def _boxed(level: str, code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(f"{_HEAD}enter(confine.Level.{level})\n{code}", folder)


_LEVELS = pytest.mark.parametrize("level", ["NONE", "BASIC", "STRICT"])
_BOXES = pytest.mark.parametrize("level", ["BASIC", "STRICT"])


def test_more_memory_than_allowed_is_a_memory_error(tmp_path: Path) -> None:
    done = _limited("bytearray(100 << 20)\nbytearray(512 << 20)", tmp_path)
    assert "\nMemoryError\n" in done.stderr


def test_cpu_time_runs_out(tmp_path: Path) -> None:
    done = _limited("while True: pass", tmp_path)
    assert done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_a_file_grows_only_so_far(tmp_path: Path) -> None:
    done = _limited("open('big', 'wb', 0).write(b'x' * (3 << 20))\nprint('wrote a part')", tmp_path)
    left = tmp_path / "big"
    assert not left.exists() or left.stat().st_size <= 1 << 20, done


def test_only_so_many_files_can_be_open(tmp_path: Path) -> None:
    done = _limited("import os\nkept = [os.dup(0) for _ in range(500)]", tmp_path)
    assert "Too many open files" in done.stderr


@_LEVELS
def test_what_is_written_is_the_owners_alone(tmp_path: Path, level: str) -> None:
    done = _boxed(level, "print(oct(os.umask(0)))", tmp_path)
    assert done.stdout.strip() == "0o77", done.stderr


def test_limits_cannot_be_raised_again_and_no_core_is_left(tmp_path: Path) -> None:
    code = (
        "import resource as r\n"
        "for name in ('DATA', 'FSIZE', 'CORE'):\n"
        "    soft, hard = r.getrlimit(getattr(r, 'RLIMIT_' + name))\n"
        "    print(soft == hard, soft)\n"
    )
    done = _limited(code, tmp_path)
    assert done.stdout.split() == ["True", str(256 << 20), "True", str(1 << 20), "True", "0"]


@_BOXES
def test_no_program_can_gain_privileges(tmp_path: Path, level: str) -> None:
    code = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    head = _HEAD.replace(
        "    confine.confine(", "    confine.seccomp.restrict = lambda: None\n    confine.confine("
    )
    done = _python(
        f"{head}{code}enter(confine.Level.{level})\nprint(libc.prctl(39, 0, 0, 0, 0))", tmp_path
    )
    assert done.stdout.strip() == "1", done.stderr


@_LEVELS
def test_a_child_works_in_a_folder_of_its_own(tmp_path: Path, level: str) -> None:
    code = "print(os.getcwd() == os.environ['HOME'] == os.environ['TMPDIR'], os.getcwd())"
    found = "/box/tmp" if level == "STRICT" else str(tmp_path / "tmp")
    assert _boxed(level, code, tmp_path).stdout.split() == ["True", found]


_FORBIDDEN = {
    "fork": "os.fork()",
    "other programs": "os.execv(sys.executable, [sys.executable])",
    "sockets": "import socket; socket.socketpair()",
    "signals to others": "os.kill(os.getppid(), 0)",
    "files of the machine": "os.listdir('/etc')",
    "its own source": "open(confine.__file__).read()",
    "writing its library": "open(os.path.dirname(os.__file__) + '/new.py', 'w')",
    "the rest of the disk": "open('/tmp/new', 'w')",
    "raising limits": "resource.setrlimit(resource.RLIMIT_DATA, (1 << 40, 1 << 40))",
}


@_BOXES
@pytest.mark.parametrize("name", _FORBIDDEN)
def test_the_box_refuses(tmp_path: Path, level: str, name: str) -> None:
    code = f"import socket\ntry: {_FORBIDDEN[name]}\nexcept (OSError, ValueError): print('no')"
    done = _boxed(level, code, tmp_path)
    assert done.stdout.strip() == "no", done.stderr


def test_only_the_strict_box_lets_a_child_write(tmp_path: Path) -> None:
    code = "try: print(open('new', 'w').write('x'))\nexcept OSError: print('no')"
    assert _boxed("STRICT", code, tmp_path).stdout.strip() == "1"
    assert _boxed("BASIC", code, tmp_path).stdout.strip() == "no"


def test_a_strict_box_has_room_for_little(tmp_path: Path) -> None:
    code = (
        "try:\n    for n in range(40): open(str(n), 'wb').write(b'x' * (1 << 20))\n"
        "except OSError: print(n < 20)"
    )
    assert _boxed("STRICT", code, tmp_path).stdout.strip() == "True"
    assert not list(tmp_path.rglob("0"))


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
        "import ctypes, resource\ndel resource.RLIMIT_DATA\n"
        "ctypes.CDLL = lambda *name, **options: object()\n"
        f"{_HEAD}confine.die_with_parent()\n"
        "plan = confine.make_plan(confine.Level.STRICT)\n"
        "print(plan.level.name, *plan.missing)\n"
        "enter(confine.Level.NONE)\nprint('went on')"
    )
    done = _python(code, tmp_path)
    assert done.stdout.split() == "NONE seccomp landlock namespaces cgroup went on".split(), (
        done.stderr
    )


@pytest.mark.parametrize("name", ["namespaces", "landlock", "seccomp", "cgroup"])
def test_a_mechanism_that_is_missing_is_named_and_not_counted(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse() -> None:
        raise OSError("not here")

    monkeypatch.setattr(seccomp, "available", lambda: name != "seccomp")
    monkeypatch.setattr(confine, "_refusal_of_groups", lambda: "no" if name == "cgroup" else "")
    monkeypatch.setattr(landlock, "abi", lambda: 0 if name == "landlock" else 6)
    if name == "namespaces":
        monkeypatch.setattr(namespaces, "enter", refuse)
    plan = confine.make_plan(confine.Level.STRICT)
    assert plan.missing.keys() == {name}
    assert not any(name.rstrip("s") in mechanism for mechanism in plan.mechanisms())
    strict = name in ("landlock", "cgroup")
    assert plan.level is (confine.Level.STRICT if strict else confine.Level.BASIC)
