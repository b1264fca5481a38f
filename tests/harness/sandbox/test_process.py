from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass, field, replace

import pytest

from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.process import Child, End, Ended
from harness.sandbox.wire import Frame
from tests.harness.sandbox.conftest import LIMITS


@dataclass
class Heard:
    """What a child sent, and how it ended."""

    answers: bytearray = field(default_factory=bytearray)
    ends: list[Ended] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    enough: int = 1 << 30

    def answer(self, data: bytes) -> bool:
        self.answers += data
        return len(self.answers) < self.enough

    def end(self, ended: Ended) -> None:
        self.ends.append(ended)
        self.over.set()


def _request(source: str) -> bytes:
    header = {
        "kind": "request",
        "name": "my.py",
        "source": len(source),
        "entry": "f",
        "arguments": [],
        "forms": [],
        "shapes": [],
        "runs": [],
        "run_types": [],
    }
    return Frame(header, source.encode()).pack()


def _run(
    parent: WarmParent, source: str, limits: ChildLimits = LIMITS, enough: int = 1 << 30
) -> tuple[Child, Heard]:
    child, heard = Child(parent, limits), Heard(enough=enough)
    child.start(_request(source), heard.answer, heard.end)
    assert heard.over.wait(30)
    child.close()
    assert not child.folder.exists()
    return child, heard


LEAVE = "import os; os._exit({})"


@pytest.mark.parametrize(
    ("source", "end"),
    [
        ("def f(): pass", Ended(End.EXIT, 0)),
        (LEAVE.format(0), Ended(End.EXIT, 0)),
        (LEAVE.format(7), Ended(End.EXIT, 7)),
        ("import os; os.abort()", Ended(End.SIGNAL, signal.SIGABRT)),
        ("import os; os.kill(os.getpid(), 9)", Ended(End.SIGNAL, signal.SIGKILL)),
    ],
)
def test_the_end_of_a_child_is_told_once(warm_parent: WarmParent, source: str, end: Ended) -> None:
    _, heard = _run(warm_parent, source)
    assert heard.ends == [end]


def test_wall_and_cpu_time_end_a_child(warm_parent: WarmParent) -> None:
    short = replace(LIMITS, wall_seconds=0.7)
    started = time.monotonic()
    for source in ("import time; time.sleep(99)", "import os; os.closerange(0, 3)\nwhile 1: pass"):
        assert _run(warm_parent, source, short)[1].ends[0].how is End.TIME
    assert time.monotonic() - started < 6
    busy = replace(LIMITS, cpu_seconds=1)
    assert _run(warm_parent, "while True: pass", busy)[1].ends[0].how is End.CPU


def test_what_was_printed_is_kept_up_to_the_limit(warm_parent: WarmParent) -> None:
    limits = replace(LIMITS, output_bytes=1000)
    child, heard = _run(warm_parent, "import os; os.write(1, b'x' * 1000); os._exit(0)", limits)
    assert heard.ends == [Ended(End.EXIT, 0)]
    assert (len(child.stdout), child.flooded) == (1000, False)
    child, heard = _run(warm_parent, "import os; os.write(2, b'x' * 1001); os._exit(0)", limits)
    assert heard.ends[0].how is End.OUTPUT
    assert (len(child.stderr), child.flooded) == (1000, True)


def test_a_closed_stream_is_read_no_more(warm_parent: WarmParent) -> None:
    source = "import os, time\nos.write(1, b'said')\nos.close(1)\nos.close(2)\ntime.sleep(0.3)"
    child, heard = _run(warm_parent, source + "\nos._exit(0)")
    assert heard.ends == [Ended(End.EXIT, 0)]
    assert bytes(child.stdout) == b"said"


def test_a_child_whose_answers_are_refused_is_killed(warm_parent: WarmParent) -> None:
    _, heard = _run(warm_parent, "while True: pass", enough=1)
    assert [ended.code for ended in heard.ends] == [signal.SIGKILL]


def test_a_child_may_end_before_it_has_read_its_request(own_parent: WarmParent) -> None:
    child, heard = Child(own_parent, replace(LIMITS, memory_bytes=1)), Heard()
    child.start(_request("") + b"x" * (4 << 20), heard.answer, heard.end)
    assert heard.over.wait(30)
    child.close()
    assert len(heard.ends) == 1


def test_closing_stops_a_child_that_runs(warm_parent: WarmParent) -> None:
    child, heard = Child(warm_parent, LIMITS), Heard()
    child.start(_request("while True: pass"), heard.answer, heard.end)
    time.sleep(0.3)
    child.close()
    assert heard.ends == [Ended(End.STOPPED, signal.SIGKILL)]


def test_a_child_that_was_never_started_may_be_closed(warm_parent: WarmParent) -> None:
    child = Child(warm_parent, LIMITS)
    assert child.folder.is_dir()
    child.close()
    assert not child.folder.exists()


@pytest.mark.parametrize("pipes", range(5))
def test_without_descriptors_no_child_starts(
    warm_parent: WarmParent, monkeypatch: pytest.MonkeyPatch, pipes: int
) -> None:
    real, left = os.pipe, iter(range(pipes))

    def scarce() -> tuple[int, int]:
        if next(left, None) is None:
            raise OSError(24, "too many open files")
        return real()

    before = len(os.listdir("/proc/self/fd"))
    child, heard = Child(warm_parent, LIMITS), Heard()
    monkeypatch.setattr(os, "pipe", scarce)
    with pytest.raises(OSError, match="too many"):
        child.start(b"", heard.answer, heard.end)
    child.close()
    assert not child.folder.exists()
    assert len(os.listdir("/proc/self/fd")) == before
