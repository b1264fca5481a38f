"""Real submissions in real children: what becomes of the honest, the broken and the hostile."""

from __future__ import annotations

import json
import struct
from dataclasses import replace

import numpy as np
import pytest

from graders.form import Container, Slot, Static
from graders.jaxpr import wireform
from graders.jaxpr.model import ArrayType
from graders.rubric import Signature
from graders.subject import Failure, FailureKind
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.subject import Job, SandboxedSubject
from tests.harness.sandbox.conftest import (
    JOB,
    LIMITS,
    Ask,
    put,
)

HONEST = "def f(x):\n    return {'twice': x + x}\n"
FORGE = """\
import json, os, struct

def frame(header, payload=b""):
    head = json.dumps(header).encode()
    return struct.pack(">II", len(head), len(payload)) + head + payload

def send(*args):
    os.write(3, frame(*args))

"""


def test_an_honest_submission_is_traced_and_run(ask: Ask) -> None:
    answer = ask("print('loaded')\n" + HONEST)
    assert not isinstance(answer.traces, Failure)
    assert [trace.dimensions for trace in answer.traces] == [(("N", 3),), (("N", 2),)]
    assert [e.primitive for e in answer.traces[0].program.equations] == ["add"]
    assert "twice" in str(answer.traces[0].result)
    assert not isinstance(answer.runs, Failure)
    assert [run.batch for run in answer.runs] == [7, 9]
    np.testing.assert_array_equal(answer.runs[0].values[0], [0, 2, 4])
    assert answer.device == "cpu"
    assert answer.output == ("loaded\n", "", False)


def test_what_is_printed_while_the_judge_repeats_itself_is_not_kept(ask: Ask) -> None:
    answer = ask("print('load')\ndef f(x):\n    print('trace', x.shape)\n    return x\n")
    assert answer.output[0].splitlines() == ["load", "trace (3,)", "trace (2,)"]


def test_a_job_without_batches_is_only_traced(warm_parent: WarmParent) -> None:
    subject = SandboxedSubject(warm_parent, LIMITS)
    subject.submit(HONEST.encode(), "my.py", replace(JOB, runs=()))
    assert subject.device_runs() == ()
    assert subject.versions.keys() == {"jax", "jaxlib", "numpy"}
    subject.close()


PAIR = Container("tuple", ("", "n"), (Slot(1), Static("N")))
NESTED = Job(
    "f",
    Signature(
        ("state", "key"), (Container("dict", ("pair", "w"), (PAIR, Slot(0))), Slot(2)), Slot(0)
    ),
    (
        (
            (("N", 2),),
            (ArrayType("float32"), ArrayType("int32", (2,)), ArrayType("key<fry>")),
        ),
    ),
    ((4, 0, (np.array(3, "float32"), np.array([5, 6], "int32"), np.array(7, "uint64"))),),
)
TAKES_NESTED = """\
import jax
def f(state, key):
    rows, n = state["pair"]
    return {"sum": state["w"] * n + rows[0], "key": jax.random.key_data(key)}
"""


def test_arguments_go_over_in_their_containers(warm_parent: WarmParent) -> None:
    answer = put(warm_parent, TAKES_NESTED, job=NESTED)
    assert not isinstance(answer.traces, Failure), answer.traces
    (trace,) = answer.traces
    assert str(trace.result) == "{'key': uint32[2], 'sum': float32[]}"
    assert [variable.type for variable in trace.program.inputs] == [*NESTED.shapes[0][1]]
    assert not isinstance(answer.runs, Failure), answer.runs
    assert [value.tolist() for value in answer.runs[0].values] == [[0, 7], 11]


def test_a_signature_that_does_not_fit_is_told_by_the_names_of_the_arguments(
    warm_parent: WarmParent,
) -> None:
    failure = put(warm_parent, "def f(state): return state\n", job=NESTED).failure
    assert failure.kind is FailureKind.SIGNATURE
    assert failure.message.startswith("expected f(state, key), found f(state)")


def test_a_subject_that_was_never_submitted_has_nothing(warm_parent: WarmParent) -> None:
    subject = SandboxedSubject(warm_parent, LIMITS)
    assert (subject.device(), subject.output()) == ("", ("", "", False))
    subject.close()


@pytest.mark.parametrize("name", ["../../escape.py", "/etc/passwd.py", "notes.txt", "-", "a b.py"])
def test_the_name_of_a_submission_stays_inside_its_folder(
    warm_parent: WarmParent, name: str
) -> None:
    subject = SandboxedSubject(warm_parent, LIMITS)
    subject.submit(HONEST.encode(), name, JOB)
    assert not isinstance(subject.device_runs(), Failure)
    subject.close()


_SHORT = ChildLimits(wall_seconds=1.5, cpu_seconds=10)
_BUSY = ChildLimits(wall_seconds=10, cpu_seconds=1)
_SMALL = replace(LIMITS, output_bytes=4 << 10)

ENDS = {
    "no function": ("g = 1", LIMITS, FailureKind.MISSING_FUNCTION, "defines no function f"),
    "no code": ("def f(x) return x", LIMITS, FailureKind.SYNTAX, "expected ':'"),
    "arguments": ("def f(x, y): return x", LIMITS, FailureKind.SIGNATURE, "expected f(x)"),
    "raises": ("def f(x): return 1 / 0", LIMITS, FailureKind.RAISED, "division by zero"),
    "interrupts": ("raise KeyboardInterrupt", LIMITS, FailureKind.RAISED, ""),
    "mute error": (
        "class E(BaseException):\n    def __str__(self): raise self\nraise E",
        LIMITS,
        FailureKind.RAISED,
        "could not be read",
    ),
    "exits": ("import sys; sys.exit(3)", LIMITS, FailureKind.EXITED, "3"),
    "leaves": ("import os; os._exit(0)", LIMITS, FailureKind.EXITED, "exit code 0"),
    "aborts": ("import os; os.abort()", LIMITS, FailureKind.CRASHED, "SIGABRT"),
    "segfaults": ("import ctypes; ctypes.string_at(0)", LIMITS, FailureKind.CRASHED, "SIGSEGV"),
    "kills itself": (
        "import os; os.kill(os.getpid(), 9)",
        LIMITS,
        FailureKind.CRASHED,
        "SIGKILL",
    ),
    "sleeps": ("import time; time.sleep(60)", _SHORT, FailureKind.TIME, "within 1.5 s"),
    "stops itself": (
        "import os; os.kill(os.getpid(), 19)",
        _SHORT,
        FailureKind.TIME,
        "within 1.5 s",
    ),
    "spins": ("while True: pass", _BUSY, FailureKind.TIME, "CPU time"),
    "hogs": ("a = bytearray(1 << 40)", LIMITS, FailureKind.MEMORY, ""),
    "grows": (
        "a = []\nwhile True: a.append(bytearray(1 << 20))",
        LIMITS,
        FailureKind.MEMORY,
        "",
    ),
    "floods stdout": ("while True: print('x' * 999)", _SMALL, FailureKind.OUTPUT, "4 KiB"),
    "floods stderr": (
        "import sys\nwhile True: print('x' * 999, file=sys.stderr)",
        _SMALL,
        FailureKind.OUTPUT,
        "4 KiB",
    ),
    "floods the end": (
        "import os\nos.write(1, b'x' * 30000)\nos._exit(0)",
        _SMALL,
        FailureKind.OUTPUT,
        "4 KiB",
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_every_end_has_its_outcome(ask: Ask, name: str) -> None:
    source, limits, kind, said = ENDS[name]
    answer = ask(source, limits)
    assert answer.kind is kind, answer.failure
    assert said in answer.failure.message
    assert len(answer.output[0]) + len(answer.output[1]) <= 2 * limits.output_bytes
    assert answer.output[2] is (kind is FailureKind.OUTPUT)


def test_an_error_says_where_it_was_raised(ask: Ask) -> None:
    failure = ask("def f(x):\n    y = 2\n    return x[y, y]  # here\n").failure
    assert failure.where is not None
    assert (failure.where.line, failure.where.function) == (3, "f")
    assert failure.where.source == "return x[y, y]  # here"
    assert (failure.stage, failure.dimensions) == ("trace", (("N", 3),))


def test_a_function_that_is_another_one_each_time_is_told_so(ask: Ask) -> None:
    traces = ask("import os\ndef f(x): return x + int.from_bytes(os.urandom(2), 'big')").traces
    assert isinstance(traces, Failure)
    assert traces.error == "NotDeterministic"


_CHECKED = """\
from jax.experimental import checkify

def f(x):
    def g(x):
        checkify.check(x[0] > 0, "not positive")
        return x / x[1]
    return checkify.checkify(g, checkify.user_checks | checkify.float_checks)(x)[1]
"""


_COUNTED = """\
import os

def f(x):
    unused = x + int.from_bytes(os.urandom(2), "big")
    return x
"""


@pytest.mark.parametrize("source", [_CHECKED, _COUNTED], ids=["checked", "counted"])
def test_a_function_whose_programs_differ_in_what_is_not_used_is_the_same(
    ask: Ask, source: str
) -> None:
    answer = ask(source)
    assert not isinstance(answer.traces, Failure), answer.traces
    assert not isinstance(answer.runs, Failure), answer.runs


def test_programs_too_long_to_compare_are_not_the_same(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graders.jaxpr.normalize.MAX_TERMS", 3)
    traces = ask(_COUNTED).traces
    assert isinstance(traces, Failure)
    assert traces.error == "NotDeterministic"


FORGED = {
    "garbage": "os.write(3, b'garbage, and more than eight bytes of it')",
    "noise": "os.write(3, os.urandom(1 << 16) + b'\\xff' * 16)",
    "too long": "os.write(3, struct.pack('>II', 1 << 31, 1 << 31))",
    "not JSON": "os.write(3, struct.pack('>II', 4, 0) + b'nope')",
    "no mapping": "send([1])",
    "no kind": "send({})",
    "unknown kind": "send({'kind': 'verdict', 'verdict': 'accepted'})",
    "versions": "send({'kind': 'ready', 'versions': 3})",
    "early again": "send({'kind': 'again', 'result': None})",
    "early done": "send({'kind': 'done'})",
    "early values": "send({'kind': 'values', 'types': []})\nsend({'kind': 'done'})",
    "many values": "for _ in range(9): send({'kind': 'values', 'types': []})",
    "bad values": "send({'kind': 'values', 'types': [['object', [], False]]}, b'x' * 8)",
    "no program": "send({'kind': 'trace', 'result': None}, b'{}')",
    "deep program": "send({'kind': 'trace', 'result': None}, b'[' * 99999)",
    "no failure": "send({'kind': 'failure', 'failure': 'none'})",
    "infinite": (
        "send({'kind': 'failure', 'failure': 'raised', 'message': '', 'error': '', 'stage': '',"
        " 'dimensions': [['N', float('inf')]]})"
    ),
    "bare device": "send({'kind': 'device'})",
    "ready again": "send({'kind': 'ready', 'versions': {}})",
    "boxed again": "send({'kind': 'boxed'})",
    "the machine's": "send({'kind': 'failure', 'failure': 'machine', 'message': 'not me',"
    " 'error': '', 'stage': ''})",
    "the judge's": "send({'kind': 'failure', 'failure': 'time', 'message': 'not me',"
    " 'error': '', 'stage': ''})",
}


@pytest.mark.parametrize("name", FORGED)
@pytest.mark.parametrize("then", ["", "\nos._exit(0)"], ids=["goes on", "leaves"])
def test_a_forged_answer_is_a_broken_protocol(ask: Ask, name: str, then: str) -> None:
    answer = ask(FORGE + FORGED[name] + then + "\n" + HONEST)
    assert answer.kind is FailureKind.PROTOCOL, answer.failure
    assert "sent the judge something else" in answer.failure.message


@pytest.mark.parametrize("bound", ["MAX_JSON", "MAX_JSON_IN_ALL"])
def test_programs_longer_than_a_child_may_send_are_a_broken_protocol(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(wireform, bound, 50)
    failure = ask(HONEST).failure
    assert failure.kind is FailureKind.PROTOCOL
    assert "of at most 50" in failure.message


def test_a_frame_cut_short_is_an_early_end(ask: Ask) -> None:
    answer = ask(FORGE + "os.write(3, frame({'kind': 'done'})[:-1])\nos._exit(0)")
    assert answer.kind is FailureKind.EXITED


_REPLAY = """\
import os, jax
sent = []
write = os.write
def recorded(descriptor, data):
    if descriptor == 3:
        sent.append(bytes(data))
    return write(descriptor, data)
os.write = recorded
compile = jax.stages.Lowered.compile
def replay(self):
    {0}
    return compile(self)
jax.stages.Lowered.compile = replay
def f(x): return x
"""


@pytest.mark.parametrize(
    "action",
    [
        "[write(3, data) for data in sent if b'\"again\"' in data[:60]]",
        "[write(3, data) for data in sent if b'\"trace\"' in data[:60]]",
        'write(3, b\'\\0\\0\\0\\x0f\\0\\0\\0\\0{"kind":"done"}\')',
    ],
    ids=["again twice", "more programs", "done before the runs"],
)
def test_a_replayed_answer_is_a_broken_protocol(ask: Ask, action: str) -> None:
    answer = ask(_REPLAY.format(action))
    assert not isinstance(answer.traces, Failure)
    assert answer.kind is FailureKind.PROTOCOL


def test_a_forged_failure_is_only_a_failure(ask: Ask) -> None:
    header = {
        "kind": "failure",
        "failure": "raised",
        "message": "m" * 10_000,
        "error": "E" * 1000,
        "stage": "s" * 1000,
        "where": {"line": 10**9, "function": "f" * 1000},
        "dimensions": [],
    }
    failure = ask(f"{FORGE}send({header!r})\nsend({{'kind': 'done'}})\n{HONEST}").failure
    assert failure.kind is FailureKind.RAISED
    assert (len(failure.message), len(failure.error), len(failure.stage)) == (4000, 200, 20)
    assert failure.where is not None
    assert (len(failure.where.function), failure.where.source) == (200, "")


@pytest.mark.parametrize("where", [None, 3, {"line": "1"}])
def test_a_failure_may_have_no_place(ask: Ask, where: object) -> None:
    header = {"kind": "failure", "failure": "exited", "message": "", "error": "", "stage": "load"}
    source = f"{FORGE}send({{**{header!r}, 'where': {where!r}}})"
    assert ask(source).failure == Failure(FailureKind.EXITED, "", stage="load")


@pytest.mark.parametrize("closing", ["os.close(3)", "os.closerange(0, 64)", "os.dup2(1, 3)"])
def test_closing_descriptors_only_ends_the_submission(ask: Ask, closing: str) -> None:
    answer = ask(f"import os\n{closing}\n{HONEST}")
    assert answer.kind in (FailureKind.EXITED, FailureKind.CRASHED, FailureKind.PROTOCOL)


def test_the_judge_is_not_to_be_seen_from_the_environment(ask: Ask, tmp_path: object) -> None:
    answer = ask("import os\nprint(*sorted(os.environ), os.getcwd())\n" + HONEST)
    names = answer.output[0].split()
    assert set(names[:-1]).isdisjoint({"JAXJUDGE_CACHE", "USER", "PYTHONPATH", "SSH_AUTH_SOCK"})


def test_the_length_of_a_header_is_that_of_its_bytes() -> None:
    # The forged frames above are only worth something while this is the format.
    head = json.dumps({"kind": "done"}).encode()
    assert struct.pack(">II", len(head), 0) == b"\0\0\0\x10\0\0\0\0"
