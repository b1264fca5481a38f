"""Bytes to Program: the trust boundary. What it returns is well formed, whoever sent the bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from graders.jaxpr.control import check_control
from graders.jaxpr.model import (
    Array,
    ArrayType,
    Atom,
    Equation,
    Leaf,
    Literal,
    Location,
    Node,
    Opaque,
    Program,
    Tree,
    Variable,
)
from graders.jaxpr.wireform import (
    MAX_DEPTH,
    MAX_EQUATIONS,
    VERSION,
    Malformed,
    decode_type,
    integer,
    items,
    json_length,
    parse_json,
    raw_dtype,
    several,
    short_text,
)


def decode(data: bytes) -> Program:
    """The program in `data`; raises `Malformed` for anything that is not one."""
    end = 4 + json_length(data)
    document = parse_json(data[4:end])
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise Malformed(f"expected a program of version {VERSION}")
    decoder = _Decoder(
        types=[decode_type(item) for item in items(document.get("types"))],
        blob=memoryview(data)[end:],
    )
    for item in items(document.get("programs")):
        decoder.add(item)
    return decoder.programs[integer(document.get("root"), len(decoder.programs))]


@dataclass(slots=True)
class _Decoder:
    types: list[ArrayType]
    blob: memoryview
    programs: list[Program] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    equations: int = 0

    def type(self, index: object) -> ArrayType:
        return self.types[integer(index, len(self.types))]

    def constant(self, item: object) -> tuple[ArrayType, Array]:
        number, offset, length = several(item, 3)
        type = self.type(number)
        start = integer(offset, len(self.blob) + 1)
        size = integer(length, len(self.blob) - start + 1)
        dtype = raw_dtype(type)
        if size != type.size * dtype.itemsize:
            raise Malformed(f"a constant of {type} does not take {size} bytes")
        return type, np.ndarray(type.shape, dtype, self.blob, start)

    def add(self, item: object) -> None:
        if not isinstance(item, dict):
            raise Malformed("a program is a mapping")
        bound = [Variable(self.type(index)) for index in items(item.get("i"))]
        inputs = tuple(bound)
        constants = []
        for entry in items(item.get("c")):
            type, value = self.constant(entry)
            bound.append(Variable(type))
            constants.append((bound[-1], value))
        depth = 0
        equations = []
        for entry in items(item.get("e")):
            equation, below = self.equation(entry, bound)
            equations.append(equation)
            depth = max(depth, below)
        outputs = tuple(self.atom(entry, bound) for entry in items(item.get("o")))
        self.programs.append(Program(inputs, tuple(constants), tuple(equations), outputs))
        self.depths.append(depth + 1)
        if depth + 1 > MAX_DEPTH:
            raise Malformed(f"programs nest deeper than {MAX_DEPTH}")

    def equation(self, item: object, bound: list[Variable]) -> tuple[Equation, int]:
        self.equations += 1
        if self.equations > MAX_EQUATIONS:
            raise Malformed(f"more than {MAX_EQUATIONS} equations")
        name, sources, targets, params, location = several(item, 5)
        inputs = tuple(self.atom(entry, bound) for entry in items(sources))
        outputs = tuple(Variable(self.type(entry)) for entry in items(targets))
        bound.extend(outputs)
        if not isinstance(params, dict):
            raise Malformed("parameters are a mapping")
        nested: list[int] = []
        decoded = {short_text(key): self.param(value, nested, 0) for key, value in params.items()}
        equation = Equation(
            short_text(name), inputs, outputs, MappingProxyType(decoded), _decode_location(location)
        )
        check_control(equation)
        return equation, max((self.depths[index] for index in nested), default=0)

    def atom(self, item: object, bound: list[Variable]) -> Atom:
        if isinstance(item, list):
            type, value = self.constant(item)
            return Literal(type, value)
        return bound[integer(item, len(bound))]

    def param(self, value: object, nested: list[int], depth: int) -> Any:
        if depth > 8:
            raise Malformed("parameters nest too deep")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            return integer(value, 1 << 64, -(1 << 64))
        if isinstance(value, str):
            return short_text(value)
        if isinstance(value, list):
            return tuple(self.param(item, nested, depth + 1) for item in value)
        if not isinstance(value, dict) or len(value) != 1:
            raise Malformed("a parameter of no known kind")
        ((kind, content),) = value.items()
        if kind == "p":
            nested.append(integer(content, len(self.programs)))
            return self.programs[nested[-1]]
        if kind == "x":
            return Opaque(short_text(content))
        if kind == "f":
            return _hex_float(content)
        if kind == "m" and isinstance(content, dict):
            return {short_text(k): self.param(v, nested, depth + 1) for k, v in content.items()}
        raise Malformed("a parameter of no known kind")


def decode_tree(value: object, depth: int = 0) -> Tree:
    """The tree in JSON values; raises `Malformed`."""
    if isinstance(value, list):
        return Leaf(decode_type(value))
    if not isinstance(value, dict) or depth > MAX_DEPTH:
        raise Malformed("a tree of results is made of types and containers")
    keys = tuple(short_text(key) for key in items(value.get("keys")))
    children = tuple(decode_tree(child, depth + 1) for child in items(value.get("children")))
    kind = short_text(value.get("kind"))
    if len(keys) != (len(children) if kind == "dict" else 0):
        raise Malformed("a container with other keys than children")
    return Node(kind, keys, children)


def _decode_location(item: object) -> Location | None:
    if item is None:
        return None
    line, function = several(item, 2)
    return Location(integer(line, 1 << 31), short_text(function))


def _hex_float(value: object) -> float:
    try:
        return float.fromhex(short_text(value))
    except (ValueError, OverflowError) as error:
        raise Malformed("not a number") from error
