"""What goes over the wire, and that sharing and cutting happen on the way."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from graders.jaxpr.decode import decode
from graders.jaxpr.encode import encode, encode_tree
from graders.jaxpr.model import ArrayType, Equation, Location, Node, Opaque, Program
from graders.jaxpr.wireform import MAX_TEXT
from tests.graders.programs import SCALAR, Builder, applied, number

LONG = "x" * 1000


def document(data: bytes) -> Any:
    return json.loads(data[4 : 4 + int.from_bytes(data[:4], "big")])


def test_variables_are_numbered_in_the_order_they_are_bound() -> None:
    builder = Builder(SCALAR)
    held = builder.constant(2.0)
    result = builder.one("add", SCALAR, builder.inputs[0], held)
    (program,) = document(encode(builder.gives(result, held)))["programs"]
    assert program == {
        "i": [0],
        "c": [[0, 0, 4]],
        "e": [["add", [0, 1], [0], {}, None]],
        "o": [2, 1],
    }


def test_a_program_used_twice_is_written_once() -> None:
    body = applied("neg", [SCALAR], SCALAR)
    builder = Builder(SCALAR)
    first = builder.one("call", SCALAR, builder.inputs[0], jaxpr=body)
    data = encode(builder.gives(builder.one("call", SCALAR, first, jaxpr=body)))
    assert len(document(data)["programs"]) == 2
    one, two = decode(data).equations
    assert one.params["jaxpr"] is two.params["jaxpr"]


def test_constants_of_every_kind_survive() -> None:
    values = [
        (True, "bool"),
        (-3, "int8"),
        (1.5, "bfloat16"),
        (2**63, "key<fry>"),
        (1 - 2j, "complex64"),
        (np.nan, "float64"),
    ]
    raw = {"bfloat16": np.float32, "key<fry>": np.uint64}
    builder = Builder()
    for value, dtype in values:
        array = np.asarray(value, raw.get(dtype, dtype))
        builder.constants.append((Builder(ArrayType(dtype)).inputs[0], array))
    again = decode(encode(builder.gives()))
    for (variable, found), (value, dtype) in zip(again.constants, values, strict=True):
        assert variable.type == ArrayType(dtype)
        np.testing.assert_array_equal(found, value)


def test_texts_are_cut() -> None:
    equation = Equation(LONG, (), (), {"a": LONG, "b": Opaque(LONG)}, Location(3, LONG))
    (again,) = decode(encode(Program((), (), (equation,), (number(1.0),)))).equations
    assert again.location is not None
    texts = [again.primitive, again.params["a"], again.params["b"].text, again.location.function]
    assert {len(text) for text in texts} == {MAX_TEXT}
    tree = encode_tree(Node(LONG, (LONG,), (Node("none", (), ()),)))
    assert (len(tree["kind"]), len(tree["keys"][0])) == (MAX_TEXT, MAX_TEXT)
