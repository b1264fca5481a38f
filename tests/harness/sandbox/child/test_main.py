"""The warm parent, spoken to over its control socket without the judge's side of it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.sandbox.child import __main__ as warm
from harness.sandbox.wire import Frame, FrameReader

LIMITS = {"cpu": 20, "memory": 1 << 30, "file": 1 << 20}


@dataclass
class Spoken:
    """A warm parent and the judge's end of its control socket."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    folder: Path
    level: str

    def launch(self, number: int, role: str = "serve") -> tuple[int, int, int]:
        """Fork a child; the descriptors of its requests, its standard output and its answers."""
        asked, asks = os.pipe()
        reads, prints = os.pipe()
        answered, answers = os.pipe()
        work = self.folder / f"child-{number}"
        work.mkdir()
        message = {
            "launch": number,
            "role": role,
            "limits": LIMITS,
            "work": str(work),
            "processors": [],
        }
        theirs = [asked, prints, prints, answers]
        socket.send_fds(self.control, [json.dumps(message).encode()], theirs)
        for descriptor in set(theirs):
            os.close(descriptor)
        return asks, reads, answered

    def told(self) -> dict[str, Any]:
        """The next thing the parent says."""
        found: dict[str, Any] = json.loads(self.control.recv(4096))
        return found


@contextlib.contextmanager
def _speaking(folder: Path, level: str, temperature: str = "cold") -> Iterator[Spoken]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        with theirs:
            control = theirs.fileno()
            module = ["-I", "-m", "harness.sandbox.child"]
            command = [sys.executable, *module, str(control), level, str(folder), temperature]
            # In a private root coverage could not write what it has measured.
            strict = level == "strict"
            kept = {k: v for k, v in os.environ.items() if not (strict and "COVERAGE" in k)}
            process = subprocess.Popen(
                command, pass_fds=[control], stderr=subprocess.PIPE, cwd=folder, env=kept
            )
        ours.settimeout(30)
        try:
            yield Spoken(process, ours, folder, level)
        finally:
            with contextlib.suppress(OSError):
                ours.shutdown(socket.SHUT_RDWR)
            _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, b"")


@pytest.fixture(params=["none", "basic", "strict"])
def spoken(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Spoken]:
    """A warm parent of each level, which has said that it is ready."""
    with _speaking(tmp_path, request.param) as found:
        ready = found.told()["ready"]
        assert ready["level"] == request.param
        assert ready.keys() == {"level", "mechanisms", "missing"}
        yield found


def _request(source: str) -> bytes:
    header = {
        "kind": "request",
        "name": "my.py",
        "source": len(source),
        "entry": "f",
        "arguments": [],
        "forms": [],
        "shapes": [{"dimensions": [], "types": []}],
        "runs": [[0, 0]],
        "run_types": [],
    }
    return Frame(header, source.encode()).pack()


def _all(descriptor: int) -> bytes:
    with open(descriptor, "rb") as file:
        return file.read()


def test_each_launch_is_a_child_that_answers_and_is_told_of(spoken: Spoken) -> None:
    for number in (5, 6):
        asks, reads, answered = spoken.launch(number)
        source = "import os\nprint(os.getcwd(), os.environ['HOME'])\ndef f(): return 1.0\n"
        os.write(asks, _request(source))
        os.close(asks)
        kinds = [frame.kind for frame in FrameReader().feed(_all(answered))]
        assert kinds == ["ready", "boxed", "trace", "again", "values", "device", "done"]
        work = "/box" if spoken.level == "strict" else f"{spoken.folder}/child-{number}"
        assert _all(reads).decode().split() == [f"{work}/tmp"] * 2
        assert spoken.told() == {"ended": number, "code": 0, "starved": False}


def test_a_child_is_killed_with_its_group_when_that_is_asked(spoken: Spoken) -> None:
    asks, reads, answered = spoken.launch(1)
    os.write(asks, _request("import os\ntry: os.fork()\nfinally:\n    while True: pass\n"))
    spoken.control.send(json.dumps({"kill": 99}).encode())
    assert os.read(answered, 1000)
    spoken.control.send(json.dumps({"kill": 1}).encode())
    assert spoken.told() == {"ended": 1, "code": -signal.SIGKILL, "starved": False}
    assert _all(reads) == b""  # nobody is left who could write to it
    os.close(asks)
    os.close(answered)


def test_children_end_with_the_control_socket(spoken: Spoken) -> None:
    asks, reads, answered = spoken.launch(1)
    os.write(asks, _request("while True: pass\n"))
    assert os.read(answered, 1000)
    spoken.control.shutdown(socket.SHUT_RDWR)
    assert _all(reads) == b""
    os.close(asks)
    os.close(answered)


def test_an_evaluating_child_answers_until_there_are_no_more_questions(spoken: Spoken) -> None:
    asks, reads, answered = spoken.launch(1, "evaluate")
    question = {"kind": "evaluate", "primitive": "no such", "params": {}, "types": []}
    for _ in range(2):
        os.write(asks, Frame(question).pack())
    os.close(asks)
    assert [frame.kind for frame in FrameReader().feed(_all(answered))] == ["refused"] * 2
    assert _all(reads) == b""
    assert spoken.told() == {"ended": 1, "code": 0, "starved": False}


def test_a_warm_one_answers_the_same(tmp_path: Path) -> None:
    with _speaking(tmp_path, "strict", "warm") as spoken:
        assert "ready" in spoken.told()
        asks, reads, answered = spoken.launch(1)
        os.write(asks, _request("import jax.nn\ndef f(): return jax.nn.relu(1.0)\n"))
        os.close(asks)
        assert [frame.kind for frame in FrameReader().feed(_all(answered))][-1] == "done"
        assert _all(reads) == b""


def test_one_whose_judge_is_gone_before_it_is_ready_ends(tmp_path: Path) -> None:
    with _speaking(tmp_path, "strict") as spoken:
        spoken.control.shutdown(socket.SHUT_RDWR)
        assert spoken.process.wait(60) == 0


def test_a_folder_that_the_judge_took_along_ends_the_parent_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        warm._build_root(tmp_path / "gone", ())
    assert end.value.code == 0
    (tmp_path / "root").mkdir()
    with pytest.raises(FileExistsError):
        warm._build_root(tmp_path, ())
