from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import harness.bank as module
from graders.bank import Bank
from graders.bank import draw as draw_bank
from graders.jaxpr.encode import encode
from graders.rubric import Rubric
from graders.subject import Trace
from harness.bank import identity, job, open_bank
from harness.cache import Cache
from harness.errors import MachineError, ProblemError
from harness.problem.model import Problem
from harness.sandbox.parent import WarmParent
from tests.harness.small import rubric, write_package

TOML = rubric("add_up", batches=12, longest=4)
HEAD = "import jax\nimport jax.numpy as jnp\n\n\n"
REFERENCE = f"{HEAD}def add_up(start, rows):\n    return start + jnp.sum(rows)\n"
Package = Callable[..., Problem]


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    started = WarmParent.start()
    yield started
    started.close()


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """Writes a small problem with the given reference and TOML, and loads it."""

    def write(reference: str = REFERENCE, toml: str = TOML, starter: str = REFERENCE) -> Problem:
        library = write_package(tmp_path, toml, reference, starter, {}, "add_up")
        return library.load("add_up")

    return write


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


def content(bank: Bank) -> tuple[object, ...]:
    """Everything in a bank, in a form that can be compared."""
    return (
        bank.shapes,
        [encode(program) for program in bank.programs],
        [(b.dimensions, [(a.dtype, a.shape, a.tobytes()) for a in b.arguments])
         for b in bank.batches],
        [[(a.dtype, a.shape, a.tobytes()) for a in values] for values in bank.expected],
        dict(bank.exact),
        {n: [(a.dtype, a.tobytes()) for a in values] for n, values in bank.device.items()},
    )  # fmt: skip


class _Counted:
    """How often banks were built."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0

        def draw(rubric: Rubric, traces: Sequence[Trace]) -> Bank:
            self.count += 1
            return draw_bank(rubric, traces)

        monkeypatch.setattr(module, "draw", draw)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> _Counted:
    return _Counted(monkeypatch)


def test_a_bank_holds_what_the_reference_returns(
    package: Package, parent: WarmParent, cache: Cache
) -> None:
    problem = package()
    bank = open_bank(problem, parent, cache)
    assert len(bank.batches) >= problem.rubric.batches
    for batch, (expected,) in zip(bank.batches, bank.expected, strict=True):
        start, rows = (np.asarray(a, np.float64) for a in batch.arguments)
        assert rows.shape == (dict(batch.dimensions)["N"],)
        np.testing.assert_allclose(expected, start + rows.sum(), rtol=1e-12)
        assert abs(expected - start) >= problem.rubric.minimum_move
    assert bank.device
    assert bank.exact


def test_a_kept_bank_is_the_one_that_was_built(
    package: Package, parent: WarmParent, cache: Cache, built: _Counted
) -> None:
    problem = package()
    first = content(open_bank(problem, parent, cache))
    assert content(open_bank(problem, parent, cache)) == first
    assert built.count == 1
    shutil.rmtree(cache.folder)
    assert content(open_bank(problem, parent, cache)) == first
    assert built.count == 2


NESTED = """\
entry = "add_up"
title = "Add up"
level = "easy"
summary = "Several results of a pytree, a key and a number."
batches = 8
minimum_move = 0.01

[dimensions]
N = { min = 1, max = 3 }

[[arguments]]
name = "state"

[[arguments.items]]
shape = []
dtype = "float32"
range = [-1.0, 1.0]

[[arguments.items]]
shape = ["N"]
dtype = "bool"

[[arguments]]
name = "key"
shape = []
dtype = "key"

[[arguments]]
name = "n"
static = "N"

[[result.items]]
shape = []
dtype = "float32"

[[result.items]]
fields = { any = { shape = [], dtype = "bool" }, noise = { shape = ["N"], dtype = "float32" } }

[structure.scan]
length = "N"
carry = ["state"]
xs = []
"""
NESTED_REFERENCE = f"""{HEAD}def add_up(state, key, n):
    start, flags = state
    noise = jax.random.uniform(key, (n,), minval=1.0, maxval=2.0)
    return start + jnp.sum(noise), dict(any=jnp.any(flags), noise=noise)
"""
NESTED_STARTER = "def add_up(state, key, n):\n    raise NotImplementedError\n"


def test_several_results_of_nested_arguments_are_kept(
    package: Package, parent: WarmParent, cache: Cache, built: _Counted
) -> None:
    problem = package(NESTED_REFERENCE, NESTED, NESTED_STARTER)
    bank = open_bank(problem, parent, cache)
    for batch, (total, any_flag, noise) in zip(bank.batches, bank.expected, strict=True):
        start, flags, key = batch.arguments
        assert (key.dtype.name, key.shape, flags.dtype.name) == ("uint64", (), "bool")
        assert noise.shape == flags.shape == (dict(batch.dimensions)["N"],)
        np.testing.assert_allclose(total, start + noise.sum(), rtol=1e-12)
        assert any_flag == flags.any()
    for number, values in bank.device.items():
        for value, expected in zip(values, bank.expected[number], strict=True):
            np.testing.assert_allclose(value, expected, rtol=1e-5)
    assert bank.device
    assert content(open_bank(problem, parent, cache)) == content(bank)
    assert built.count == 1


def test_the_wrong_one_of_several_results_is_the_authors_mistake(
    package: Package, parent: WarmParent, cache: Cache
) -> None:
    reference = NESTED_REFERENCE.replace("noise=noise", "noise=noise.sum()")
    with pytest.raises(ProblemError, match=r"expected shape \(2,\) for 1\.noise, got \(\)"):
        open_bank(package(reference, NESTED, NESTED_STARTER), parent, cache)


def test_of_two_who_need_a_bank_at_once_one_builds_it(
    package: Package, parent: WarmParent, cache: Cache, built: _Counted
) -> None:
    problem = package()
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: open_bank(problem, parent, cache), range(2)))
    assert content(found[0]) == content(found[1])
    assert built.count == 1


def _spoil(how: str, path: Path) -> None:
    data = path.read_bytes()
    if how == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif how == "changed":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    else:
        path.write_bytes(b"")


@pytest.mark.parametrize("how", ["truncated", "changed", "empty"])
def test_a_damaged_file_is_built_again(
    package: Package, parent: WarmParent, cache: Cache, built: _Counted, how: str
) -> None:
    problem = package()
    first = content(open_bank(problem, parent, cache))
    (path,) = cache.folder.glob("*.bin")
    _spoil(how, path)
    assert content(open_bank(problem, parent, cache)) == first
    assert content(open_bank(problem, parent, cache)) == first
    assert built.count == 2


@pytest.mark.parametrize(
    "blob", [b"", b"what is this?", b"\0\0\0\2\0\0\0\0{}", b"\xff" * 9], ids=range(4)
)
def test_a_whole_file_of_something_else_is_built_again(
    package: Package, parent: WarmParent, cache: Cache, built: _Counted, blob: bytes
) -> None:
    problem = package()
    cache.put(identity(problem, "bank"), blob)
    open_bank(problem, parent, cache)
    open_bank(problem, parent, cache)
    assert built.count == 1


def test_a_folder_that_cannot_be_written_only_costs_time(
    package: Package, parent: WarmParent, tmp_path: Path, built: _Counted
) -> None:
    (tmp_path / "file").write_text("")
    nowhere = Cache(tmp_path / "file")
    first = content(open_bank(package(), parent, nowhere))
    assert content(open_bank(package(), parent, nowhere)) == first
    assert built.count == 2


def test_what_is_kept_is_known_by_everything_it_depends_on(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = package()
    keys = {
        identity(problem, "bank"),
        identity(problem, "mistakes"),
        identity(problem, "mistakes", b"1"),
        identity(replace(problem, id="another"), "bank"),
        identity(package(REFERENCE + "\n"), "bank"),
        identity(package(toml=TOML.replace("12", "13")), "bank"),
    }
    monkeypatch.setattr(module, "version", lambda name: "0.0.1")
    keys.add(identity(problem, "bank"))
    monkeypatch.setattr(module, "GENERATOR", "another")
    keys.add(identity(problem, "bank"))
    monkeypatch.setattr(module, "VERSION", -1)
    keys.add(identity(problem, "bank"))
    assert len(keys) == 9
    assert identity(package(), "bank") == identity(package(), "bank")


def test_without_a_bank_nothing_is_run(package: Package, parent: WarmParent, cache: Cache) -> None:
    problem = package()
    bank = open_bank(problem, parent, cache)
    assert job(problem.rubric, bank.shapes, None).runs == ()
    asked = job(problem.rubric, bank.shapes, bank)
    assert asked.runs
    assert {number for number, _, _ in asked.runs} == bank.device.keys()
    assert all(bank.batches[n].dimensions == asked.shapes[s][0] for n, s, _ in asked.runs)


BODY = "def add_up(start, rows):\n    "
BROKEN = {
    "does not trace": (f"{BODY}return 1 / 0\n", "does not run: ZeroDivisionError: division", 2),
    "raises": ("raise ValueError('no')\n" + BODY + "return start\n", "ValueError: no", 1),
    "exits": ("import os\nos._exit(3)\n" + BODY + "return start\n", "exit code 3", None),
    "wrong shape": (f"{BODY}return start + rows\n", "does not return what [result] says", None),
    "wrong type": (
        f"{HEAD}{BODY}return (start + jnp.sum(rows)).astype(jnp.int32)\n",
        "does not return what [result] says",
        None,
    ),
    "a pair": (f"{BODY}return start, rows\n", "does not return what [result] says", None),
    "not finite": (
        f"{HEAD}{BODY}return start + jnp.sum(rows) / 0\n",
        "batches could be drawn on which the reference is finite",
        None,
    ),
    "does not move": (f"{BODY}return start\n", "moves by at least 0.01", None),
    "loops": (
        f"{HEAD}{BODY}return jax.lax.while_loop(lambda s: s < 9, lambda s: s - 1, start)\n",
        "the reference cannot be evaluated: it takes too many steps",
        None,
    ),
    "calls back": (
        f"{HEAD}{BODY}return jax.pure_callback(lambda s, r: s, start, start, rows)\n",
        "the reference cannot be evaluated",
        None,
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_reference_that_cannot_be_judged_by_is_the_authors_mistake(
    package: Package, parent: WarmParent, cache: Cache, name: str
) -> None:
    source, said, line = BROKEN[name]
    with pytest.raises(ProblemError) as raised:
        open_bank(package(source), parent, cache)
    (diagnostic,) = raised.value.diagnostics
    assert said in diagnostic.message
    assert diagnostic.line == line
    assert diagnostic.file.name in ("reference.py", "problem.toml")
    assert diagnostic.file.parent.name == "add_up"
    assert not list(cache.folder.glob("*.bin"))


def test_a_machine_that_fails_is_not_the_authors_mistake(package: Package, cache: Cache) -> None:
    parent = WarmParent.start()
    parent.close()
    with pytest.raises(MachineError):
        open_bank(package(), parent, cache)
    assert not list(cache.folder.glob("*.bin"))


def test_a_process_that_cannot_start_is_not_the_authors_mistake(
    package: Package, parent: WarmParent, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> tuple[int, int]:
        raise OSError(24, "too many open files")

    problem = package()
    monkeypatch.setattr(os, "pipe", refuse)
    with pytest.raises(MachineError, match=r"reference\.py.*too many open files"):
        open_bank(problem, parent, cache)
