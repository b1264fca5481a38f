"""One request answered in this process: files stand in for the pipes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import numpy as np
import pytest

from graders.jaxpr import wireform
from graders.jaxpr.decode import decode, decode_tree
from graders.jaxpr.model import ArrayType, Leaf, Node
from graders.subject import FailureKind
from harness.sandbox.child import dialect, serve
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

KNOWN = dialect.known_primitives()
Serve = Callable[..., list[Frame]]


@dataclass(frozen=True)
class _Descriptors:
    requests: int
    answers: int


@pytest.fixture
def pipes(tmp_path: Path, put_back: None) -> Iterator[_Descriptors]:
    opened = [os.open(tmp_path / name, os.O_RDWR | os.O_CREAT) for name in ("asked", "answered")]
    yield _Descriptors(*opened)
    for descriptor in opened:
        os.close(descriptor)


@pytest.fixture
def served(tmp_path: Path, pipes: _Descriptors) -> Serve:
    """Serves a source and gives the frames it sent; its arguments are arrays, or `forms`."""

    def run(
        source: str,
        types: tuple[str, ...] = ("float32",),
        runs: int = 1,
        enter_box: Callable[[], None] = lambda: None,
        forms: list[Any] | None = None,
    ) -> list[Frame]:
        forms = list(range(len(types))) if forms is None else forms
        names = [f"a{number}" for number in range(len(forms))]
        sizes = (3, 2)
        shapes = [
            {"dimensions": [["N", size]], "types": [[dtype, [size], False] for dtype in types]}
            for size in sizes
        ]
        numbers = [(10 + run, run % 2) for run in range(runs)]
        values = [
            np.arange(sizes[shape]).astype("uint64" if t.startswith("key") else t)
            for _, shape in numbers
            for t in types
        ]
        run_types, payload = pack_arrays(values)
        header = {
            "kind": "request",
            "name": "my.py",
            "source": len(source),
            "entry": "f",
            "arguments": names,
            "forms": forms,
            "shapes": shapes,
            "runs": numbers,
            "run_types": run_types,
        }
        os.write(pipes.requests, Frame(header, source.encode() + payload).pack())
        os.lseek(pipes.requests, 0, os.SEEK_SET)
        (tmp_path / "submission").mkdir()
        serve.serve(pipes.requests, pipes.answers, KNOWN, tmp_path, enter_box)
        return list(FrameReader().feed((tmp_path / "answered").read_bytes()))

    return run


def _kinds(frames: list[Frame]) -> list[str]:
    return [frame.kind for frame in frames]


def test_a_request_is_answered_in_order(served: Serve) -> None:
    frames = served("def f(x):\n    return 2 * x\n", runs=3)
    assert _kinds(frames) == [
        "ready",
        "boxed",
        *["trace"] * 2,
        "again",
        *["values"] * 3,
        "device",
        "done",
    ]
    assert frames[0].header["versions"].keys() == {"jax", "jaxlib", "numpy"}
    program = decode(frames[2].payload)
    assert [variable.type for variable in program.inputs] == [ArrayType("float32", (3,))]
    assert decode_tree(frames[2].header["result"]) == Leaf(ArrayType("float32", (3,)))
    assert frames[4].payload == frames[2].payload
    assert [frame.header["batch"] for frame in frames[5:8]] == [10, 11, 12]
    (values,) = unpack_arrays(frames[5].header["types"], frames[5].payload)
    np.testing.assert_array_equal(values, [0, 2, 4])
    assert frames[8].header["device"] == "cpu"


def _values(frames: list[Frame]) -> list[list[Any]]:
    """What each run gave."""
    return [
        [array.tolist() for array in unpack_arrays(frame.header["types"], frame.payload)]
        for frame in frames
        if frame.kind == "values"
    ]


NESTED = """\
def f(params, pair, n):
    assert type(params) is dict and type(pair) is tuple and type(n) is int
    assert list(params) == ["b", "w"] and len(pair) == 2 and pair[1] == {"size": n}
    return {"sum": params["w"] + params["b"] * n, "last": pair[0][n - 1]}
"""


def test_arguments_are_put_into_their_containers(served: Serve) -> None:
    forms = [["dict", ["b", "w"], [0, 1]], ["tuple", ["", ""], [2, ["dict", ["size"], ["N"]]]], "N"]
    frames = served(NESTED, ("float32", "int32", "float32"), runs=2, forms=forms)
    assert frames[-1].kind == "done", frames[-1].header
    first, second = (frame for frame in frames if frame.kind == "trace")
    types = [ArrayType(dtype, (3,)) for dtype in ("float32", "int32", "float32")]
    assert [variable.type for variable in decode(first.payload).inputs] == types
    assert decode_tree(second.header["result"]) == Node(
        "dict", ("last", "sum"), (Leaf(ArrayType("float32")), Leaf(ArrayType("float32", (2,))))
    )
    assert _values(frames) == [[2, [0, 4, 8]], [1, [0, 3]]]


def test_an_array_that_is_not_used_is_an_argument_of_the_program_all_the_same(
    served: Serve,
) -> None:
    frames = served("def f(n, x):\n    return x[n - 1]\n", ("float32",) * 2, forms=["N", 1])
    assert [len(decode(f.payload).inputs) for f in frames if f.kind == "trace"] == [2, 2]
    assert _values(frames) == [[2]]


@pytest.mark.parametrize(
    ("form", "placed"),
    [
        (1, "b"),
        ("N", 7),
        (["tuple", ["", "x"], [1, 0]], ("b", "a")),
        (["dict", ["x", "y"], ["N", 1]], {"x": 7, "y": "b"}),
        (["tuple", [""], [["dict", ["x"], [["tuple", [], []]]]]], ({"x": ()},)),
    ],
)
def test_a_form_says_what_is_placed_where(form: Any, placed: Any) -> None:
    assert serve._placed(form, ["a", "b"], {"N": 7}) == placed


KEYED = """\
import jax
def f(keys, n):
    assert jax.dtypes.issubdtype(keys.dtype, jax.dtypes.prng_key) and keys.shape == (n,)
    return jax.random.key_data(keys), jax.vmap(jax.random.uniform)(keys)
"""


def test_random_keys_are_jaxs_own(served: Serve) -> None:
    frames = served(KEYED, ("key<fry>",), forms=[0, "N"])
    assert frames[-1].kind == "done", frames[-1].header
    first = next(frame for frame in frames if frame.kind == "trace")
    assert [v.type for v in decode(first.payload).inputs] == [ArrayType("key<fry>", (3,))]
    ((words, uniform),) = _values(frames)
    assert words == [[0, 0], [0, 1], [0, 2]]
    keys = jax.random.wrap_key_data(np.array(words, np.uint32))
    assert uniform == jax.vmap(jax.random.uniform)(keys).tolist()


def test_results_of_bfloat16_go_over_the_wire_as_float32(served: Serve) -> None:
    frames = served("import jax.numpy as jnp\ndef f(x):\n    return x.astype(jnp.bfloat16)\n")
    (values,) = (f for f in frames if f.kind == "values")
    assert unpack_arrays(values.header["types"], values.payload)[0].dtype == np.float32


def test_what_a_submission_configures_does_not_last(served: Serve) -> None:
    source = (
        "import jax\njax.config.update('jax_enable_x64', True)\n"
        "jax.config.update('jax_disable_jit', True)\n"
        "def f(x):\n    jax.config.update('jax_enable_x64', True)\n    return x * 1.5\n"
    )
    frames = served(source)
    assert frames[-1].kind == "done"
    for frame in frames:
        if frame.kind == "trace":
            assert decode_tree(frame.header["result"]) == Leaf(decode(frame.payload).inputs[0].type)


FAILING = [
    ("def f(x) return x", FailureKind.SYNTAX, "SyntaxError", "load", 1),
    ("\n\n  def f(x): pass", FailureKind.SYNTAX, "IndentationError", "load", 3),
    ("def f(x): return 1 / 0", FailureKind.RAISED, "ZeroDivisionError", "trace", 1),
    ("def f(x):\n    eval('1 +')", FailureKind.RAISED, "SyntaxError", "trace", 2),
    ("exec('1 +')", FailureKind.RAISED, "SyntaxError", "load", 1),
    ("import nothing_of_the_kind", FailureKind.RAISED, "ModuleNotFoundError", "load", 1),
    ("raise SystemExit(4)", FailureKind.EXITED, "SystemExit", "load", 1),
    ("def f(x): raise MemoryError", FailureKind.MEMORY, "MemoryError", "trace", 1),
    ("raise ValueError('RESOURCE_EXHAUSTED')", FailureKind.MEMORY, "ValueError", "load", 1),
    ("class E(BaseException):\n    def __str__(self): raise self\nraise E", FailureKind.RAISED, "E",
     "load", 3),
    ("def f(x): return x.nothing", FailureKind.RAISED, "AttributeError", "trace", 1),
    ("kept = []\nimport jax\ndef g(x):\n    kept.append(x)\n    return x\n"
     "def f(x):\n    jax.jit(g)(x)\n    return kept.pop() + x", FailureKind.RAISED,
     "UnexpectedTracerError", "trace", None),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind", "error", "stage", "line"), FAILING)
def test_a_failure_says_what_and_where(
    served: Serve, source: str, kind: FailureKind, error: str, stage: str, line: int | None
) -> None:
    last = served(source)[-1].header
    assert (last["kind"], last["failure"], last["error"]) == ("failure", str(kind), error), last
    assert last["stage"] == stage
    assert bool(last["dimensions"]) is (stage != "load")
    if line is not None:
        assert last["where"]["line"] == line


def test_any_error_with_no_memory_left_is_of_memory(
    served: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nanobind's functions raise a `SystemError` where they get none."""

    def none(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "cannot allocate memory")

    monkeypatch.setattr("mmap.mmap", none)
    last = served("def f(x): raise SystemError('error return without exception set')")[-1].header
    assert (last["failure"], last["where"]["line"]) == (str(FailureKind.MEMORY), 1)


def test_a_refused_signature_is_a_failure(served: Serve) -> None:
    last = served("def f(x, y): return x")[-1].header
    assert (last["failure"], last["error"], last["where"]) == ("signature", "", None)


@pytest.mark.parametrize(
    ("bound", "most", "kinds"),
    [
        ("MAX_JSON", 50, ["ready", "boxed", "failure"]),
        ("MAX_JSON_IN_ALL", 150, ["ready", "boxed", "trace", "failure"]),
    ],
)
def test_programs_too_long_to_be_read_are_not_sent(
    served: Serve, monkeypatch: pytest.MonkeyPatch, bound: str, most: int, kinds: list[str]
) -> None:
    monkeypatch.setattr(wireform, bound, most)
    frames = served("def f(x):\n    return x\n")
    assert _kinds(frames) == kinds
    assert frames[-1].header["failure"] == "memory"
    assert f"bytes to write down, of at most {most}" in frames[-1].header["message"]


def test_a_message_is_cut(served: Serve) -> None:
    last = served("raise ValueError('x' * 99999)")[-1].header
    assert last["message"] == "x" * 4000


def test_an_error_of_the_compiled_program_is_one_of_the_run(served: Serve) -> None:
    source = (
        "import jax\ndef g(x): raise OSError('no')\n"
        "def f(x): return jax.pure_callback(g, jax.ShapeDtypeStruct((3,), 'float32'), x)\n"
    )
    last = served(source)[-1].header
    assert (last["kind"], last["stage"]) == ("failure", "run")


def test_the_box_is_entered_with_the_file_written_and_nothing_of_it_run(
    served: Serve, tmp_path: Path
) -> None:
    found: list[tuple[bool, bool]] = []

    def enter_box() -> None:
        found.append(((tmp_path / "submission/my.py").exists(), (tmp_path / "ran").exists()))

    source = f"open({str(tmp_path / 'ran')!r}, 'w').close()\ndef f(x): return x\n"
    assert served(source, enter_box=enter_box)[-1].kind == "done"
    assert found == [(True, False)]
    assert (tmp_path / "ran").exists()


def test_without_its_box_a_submission_does_not_run(served: Serve, tmp_path: Path) -> None:
    def enter_box() -> None:
        raise OSError("no room for a box")

    source = f"open({str(tmp_path / 'ran')!r}, 'w').close()\ndef f(x): return x\n"
    frames = served(source, enter_box=enter_box)
    assert _kinds(frames) == ["ready", "failure"]
    assert frames[-1].header["failure"] == "machine"
    assert "no room" in frames[-1].header["message"]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("error", ["PermissionError(1, 'no')", "OSError(30, 'read-only')"])
def test_what_the_box_refuses_is_said_to_be_refused(served: Serve, error: str) -> None:
    last = served(f"raise {error}")[-1].header
    assert (last["failure"], last["where"]["line"]) == ("refused", 1)
