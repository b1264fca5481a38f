"""Encoding keeps everything; decoding takes nothing that is not a program."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr import wireform
from graders.jaxpr.decode import decode, decode_tree
from graders.jaxpr.encode import encode, encode_tree
from graders.jaxpr.interpret import (
    Broken,
    Budget,
    BudgetExceeded,
    Evaluator,
    TooLarge,
    Unsupported,
)
from graders.jaxpr.model import Array, Leaf, Node, Opaque, Program, Tree
from graders.jaxpr.normalize import TooLong, normalize
from graders.jaxpr.wireform import Malformed
from tests.graders.jaxpr.strategies import ARGUMENTS, arguments, programs, written
from tests.graders.programs import SCALAR, Builder, called, traced, vector


def packed(document: Any, blob: bytes = b"") -> bytes:
    head = json.dumps(document).encode()
    return len(head).to_bytes(4, "big") + head + blob


def wire(
    *equations: Any, inputs: Any = (0,), outputs: Any = (0,), blob: bytes = b"", **others: Any
) -> bytes:
    """The bytes of a program of a float32 scalar with these equations."""
    program = {"i": list(inputs), "c": [], "e": list(equations), "o": list(outputs)}
    document: dict[str, Any] = {
        "version": wireform.VERSION,
        "types": [["float32", [], False], ["object", [], False], ["float32", [2], False]],
        "programs": [program],
        "root": 0,
    }
    return packed(document | others, blob)


def same_results(left: Program, right: Program, values: tuple[Array, ...]) -> None:
    pairs = zip(Evaluator().prepare(left)(values), Evaluator().prepare(right)(values), strict=True)
    for mine, theirs in pairs:
        np.testing.assert_array_equal(mine, theirs)


@given(programs() | written(), arguments())
@settings(max_examples=40, deadline=None)
def test_a_decoded_program_is_the_same_program(program: Program, values: Any) -> None:
    data = encode(program)
    again = decode(data)
    assert encode(again) == data
    same_results(program, again, values)


def _sample(a: Any, b: Any, c: Any) -> Any:
    def step(w: Any, row: Any) -> Any:
        return lax.cond(w > 0, lambda: w * row, lambda: w - row), w

    return jax.jit(lambda x: lax.scan(step, c, x))(a * np.float32(2) + b)


SAMPLE = encode(traced(_sample, *ARGUMENTS))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_mutated_bytes_are_a_program_or_malformed(data: st.DataObject) -> None:
    mutated = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(mutated) - 1))
        mutated[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    judged(bytes(mutated))


OTHERS = ["-1", "0", "1", "2", "9999999999", "null", "true", "1.5", '"x"', "[]", "{}", '{"p": 0}']


def mutate(data: st.DataObject, place: Any) -> None:
    """Put something else in the place of one part of a document."""
    key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
    if isinstance(place[key], (dict, list)) and place[key] and data.draw(st.integers(0, 9)):
        mutate(data, place[key])
    else:
        place[key] = json.loads(data.draw(st.sampled_from(OTHERS)))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_mutated_documents_are_a_program_or_malformed(data: st.DataObject) -> None:
    end = 4 + int.from_bytes(SAMPLE[:4], "big")
    document = json.loads(SAMPLE[4:end])
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(data, document)
    judged(packed(document, SAMPLE[end:]))


@given(st.binary(max_size=200))
def test_random_bytes_are_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode(data)


@pytest.mark.parametrize("end", range(0, len(SAMPLE), 7))
def test_truncated_bytes_are_malformed(end: int) -> None:
    with pytest.raises(Malformed):
        decode(SAMPLE[:end])


def judged(data: bytes) -> None:
    """Decode and, where there is a program, go all the way: only known outcomes may end it."""
    try:
        program = decode(data)
    except Malformed:
        return
    values = [np.ones(min(v.type.size, 4), np.float32) for v in program.inputs]
    try:
        Evaluator(budget=Budget(1000, 10_000, 10_000)).prepare(normalize(program))(values)
    except (Broken, BudgetExceeded, TooLarge, TooLong, Unsupported):
        return


def test_decoding_takes_no_more_memory_than_it_is_given() -> None:
    type = ["float32", [1 << 39], False]
    claims = wire(types=[type] * 3, outputs=[[0, 0, 1 << 41]])
    long_list = wire(inputs=[0] * 100_000)
    tracemalloc.start()
    start = time.monotonic()
    with pytest.raises(Malformed):
        decode(claims)
    decode(long_list)
    assert tracemalloc.get_traced_memory()[1] < 1 << 26
    assert time.monotonic() - start < 10
    tracemalloc.stop()


def test_zero_sized_constants_have_no_bytes() -> None:
    data = wire(types=[["float32", [0, 3], False]], outputs=[[0, 0, 0]])
    (literal,) = decode(data).outputs
    assert literal.type.shape == (0, 3)


EQUATION: list[Any] = ["neg", [0], [0], {}, None]


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0",
        b"\0\0\0\xff{}",
        packed([]),
        packed({"version": 2}),
        wire(types=None),
        wire(programs={}),
        wire(programs=[3]),
        wire(programs=[]),
        wire(programs=[{}]),
        wire(root=1),
        wire(root=None),
        wire(inputs=[3]),
        wire(outputs=[1]),
        wire(outputs=[[0, 0]]),
        wire(outputs=[[0, 0, 4]]),
        wire(outputs=[[0, 0, 3]], blob=b"abcd"),
        wire(outputs=[[1, 0, 8]], blob=b"abcdefgh"),
        wire(["neg", [0], [0], {}]),
        wire(["neg", [1], [0], {}, None]),
        wire([1, [0], [0], {}, None]),
        wire(["neg", [0], [0], [], None]),
        wire(["neg", [0], [0], {}, [1]]),
        wire(["neg", [0], [0], {}, [-1, "f"]]),
        wire(["neg", [0], [0], {}, [1, 2]]),
        wire(["neg", [0], [0], {"x" * 401: 1}, None]),
        *(
            wire(["neg", [0], [0], {"a": value}, None])
            for value in [
                1.5,
                1 << 65,
                {},
                {"p": 0},
                {"p": 0, "x": "y"},
                {"x": 3},
                {"f": "none"},
                {"f": "0x1p99999"},
                {"m": []},
                {"z": 1},
                "x" * 401,
                [[[[[[[[[[1]]]]]]]]]],
            ]
        ),
    ],
)
def test_what_is_no_program_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode(data)


def test_parameters_of_every_kind() -> None:
    params = {
        "a": None,
        "b": True,
        "c": -5,
        "d": 0.1,
        "e": "text",
        "f": (1, (2.5, "x")),
        "g": Opaque("Thing"),
        "h": {"i": (1,), "j": float("inf")},
    }
    builder = Builder(SCALAR)
    builder.many("odd", [], *builder.inputs, **params)
    (equation,) = decode(encode(builder.gives(*builder.inputs))).equations
    assert dict(equation.params) == params
    assert equation.location is None


def test_a_location_survives() -> None:
    (equation,) = decode(wire(["neg", [0], [0], {}, [12, "body"]])).equations
    assert equation.location is not None
    assert (equation.location.line, equation.location.function) == (12, "body")


def test_bounds_of_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graders.jaxpr.decode.MAX_EQUATIONS", 2)
    decode(wire(EQUATION, EQUATION))
    with pytest.raises(Malformed, match="more than 2 equations"):
        decode(wire(EQUATION, EQUATION, EQUATION))
    for bound in ("MAX_JSON", "MAX_JSON_IN_ALL", "MAX_BYTES"):
        monkeypatch.setattr(f"graders.jaxpr.wireform.{bound}", 10)
        with pytest.raises(Malformed, match=r"bytes to write down, of at most 10$"):
            decode(wire())


def test_programs_nest_only_so_deep() -> None:
    program = Builder(SCALAR).gives(Builder(SCALAR).inputs[0])
    program = Builder().gives()
    for _ in range(wireform.MAX_DEPTH - 1):
        program = called(program)
    assert encode(decode(encode(program))) == encode(program)
    with pytest.raises(Malformed, match="nest deeper"):
        decode(encode(called(program)))


LEAF = Leaf(vector(2))


@pytest.mark.parametrize(
    "tree",
    [LEAF, Node("none", (), ()), Node("dict", ("a",), (LEAF,)), Node("tuple", (), (LEAF, LEAF))],
)
def test_a_tree_survives(tree: Tree) -> None:
    assert decode_tree(encode_tree(tree)) == tree


def _deep() -> Any:
    value: Any = ["float32", [], False]
    for _ in range(wireform.MAX_DEPTH + 2):
        value = {"kind": "tuple", "keys": [], "children": [value]}
    return value


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"kind": "tuple", "keys": [], "children": None},
        {"kind": 3, "keys": [], "children": []},
        {"kind": "dict", "keys": ["a"], "children": []},
        {"kind": "tuple", "keys": ["a"], "children": []},
        {"kind": "dict", "keys": [1], "children": []},
        _deep(),
    ],
)
def test_what_is_no_tree_is_malformed(value: Any) -> None:
    with pytest.raises(Malformed):
        decode_tree(value)
