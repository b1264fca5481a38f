"""Program to bytes and back. Decoding is the trust boundary: what it returns is well formed.

The form is `length (4 bytes, big endian) | JSON | constants`. Variables have no names: they are
numbered in the order they are bound (inputs, constants, results of each equation), so that single
assignment holds by construction and use before definition is one comparison. Programs stand in a
table and refer only to earlier entries, so that there are no cycles and sharing survives.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

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

VERSION = 1
MAX_BYTES = 32 << 20
MAX_EQUATIONS = 200_000
MAX_DEPTH = 60
MAX_RANK = 32
MAX_EXTENT = 1 << 40
MAX_TEXT = 400


class Malformed(ValueError):
    """The bytes are not a program in this format, or exceed a limit of it."""


@dataclass(slots=True)
class _Encoder:
    types: dict[ArrayType, int] = field(default_factory=dict)
    programs: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[Program, int] = field(default_factory=dict)
    blob: bytearray = field(default_factory=bytearray)

    def type(self, type: ArrayType) -> int:
        return self.types.setdefault(type, len(self.types))

    def constant(self, value: Array, type: ArrayType) -> list[int]:
        data = np.ascontiguousarray(value, dtype=_raw_dtype(type)).tobytes()
        self.blob += data
        return [self.type(type), len(self.blob) - len(data), len(data)]

    def program(self, program: Program) -> int:
        if program in self.numbers:
            return self.numbers[program]
        slots: dict[Variable, int] = {}

        def bind(variable: Variable) -> int:
            slots[variable] = len(slots)
            return self.type(variable.type)

        def atom(value: Atom) -> Any:
            if isinstance(value, Literal):
                return self.constant(value.value, value.type)
            return slots[value]

        encoded: dict[str, Any] = {"i": [bind(v) for v in program.inputs]}
        encoded["c"] = []
        for variable, value in program.constants:
            bind(variable)
            encoded["c"].append(self.constant(value, variable.type))
        encoded["e"] = [
            [
                equation.primitive[:MAX_TEXT],
                [atom(value) for value in equation.inputs],
                [bind(variable) for variable in equation.outputs],
                {key: self.param(value) for key, value in equation.params.items()},
                _encode_location(equation.location),
            ]
            for equation in program.equations
        ]
        encoded["o"] = [atom(value) for value in program.outputs]
        self.programs.append(encoded)
        self.numbers[program] = len(self.programs) - 1
        return self.numbers[program]

    def param(self, value: Any) -> Any:
        if isinstance(value, Program):
            return {"p": self.program(value)}
        if isinstance(value, Opaque):
            return {"x": value.text[:MAX_TEXT]}
        if isinstance(value, float):
            return {"f": value.hex()}
        if isinstance(value, tuple):
            return [self.param(item) for item in value]
        if isinstance(value, Mapping):
            return {"m": {key: self.param(item) for key, item in value.items()}}
        if isinstance(value, str):
            return value[:MAX_TEXT]
        return value


def encode(program: Program) -> bytes:
    """The wire form of a program."""
    encoder = _Encoder()
    root = encoder.program(program)
    types = [[type.dtype, list(type.shape), type.weak] for type in encoder.types]
    document = {
        "version": VERSION,
        "types": types,
        "programs": encoder.programs,
        "root": root,
    }
    head = json.dumps(document, separators=(",", ":"), allow_nan=False).encode()
    return len(head).to_bytes(4, "big") + head + bytes(encoder.blob)


def decode(data: bytes) -> Program:
    """The program in `data`; raises `Malformed` for anything that is not one."""
    if not 4 <= len(data) <= MAX_BYTES:
        raise Malformed(f"a program takes 4 to {MAX_BYTES} bytes, found {len(data)}")
    end = 4 + int.from_bytes(data[:4], "big")
    if end > len(data):
        raise Malformed("the program is cut short")
    document = parse_json(data[4:end])
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise Malformed(f"expected a program of version {VERSION}")
    decoder = _Decoder(
        types=[decode_type(item) for item in _list(document.get("types"))], blob=data[end:]
    )
    for item in _list(document.get("programs")):
        decoder.add(item)
    return decoder.programs[_integer(document.get("root"), len(decoder.programs))]


@dataclass(slots=True)
class _Decoder:
    types: list[ArrayType]
    blob: bytes
    programs: list[Program] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    equations: int = 0

    def type(self, index: object) -> ArrayType:
        return self.types[_integer(index, len(self.types))]

    def constant(self, item: object) -> tuple[ArrayType, Array]:
        number, offset, length = _several(item, 3)
        type = self.type(number)
        start = _integer(offset, len(self.blob) + 1)
        size = _integer(length, len(self.blob) - start + 1)
        dtype = _raw_dtype(type)
        if size != type.size * dtype.itemsize:
            raise Malformed(f"a constant of {type} does not take {size} bytes")
        return type, np.frombuffer(self.blob, dtype, type.size, start).reshape(type.shape)

    def add(self, item: object) -> None:
        if not isinstance(item, dict):
            raise Malformed("a program is a mapping")
        bound = [Variable(self.type(index)) for index in _list(item.get("i"))]
        inputs = tuple(bound)
        constants = []
        for entry in _list(item.get("c")):
            type, value = self.constant(entry)
            bound.append(Variable(type))
            constants.append((bound[-1], value))
        depth = 0
        equations = []
        for entry in _list(item.get("e")):
            equation, below = self.equation(entry, bound)
            equations.append(equation)
            depth = max(depth, below)
        outputs = tuple(self.atom(entry, bound) for entry in _list(item.get("o")))
        self.programs.append(Program(inputs, tuple(constants), tuple(equations), outputs))
        self.depths.append(depth + 1)
        if depth + 1 > MAX_DEPTH:
            raise Malformed(f"programs nest deeper than {MAX_DEPTH}")

    def equation(self, item: object, bound: list[Variable]) -> tuple[Equation, int]:
        self.equations += 1
        if self.equations > MAX_EQUATIONS:
            raise Malformed(f"more than {MAX_EQUATIONS} equations")
        name, sources, targets, params, location = _several(item, 5)
        inputs = tuple(self.atom(entry, bound) for entry in _list(sources))
        outputs = tuple(Variable(self.type(entry)) for entry in _list(targets))
        bound.extend(outputs)
        if not isinstance(params, dict):
            raise Malformed("parameters are a mapping")
        nested: list[int] = []
        decoded = {_text(key): self.param(value, nested, 0) for key, value in params.items()}
        equation = Equation(
            _text(name), inputs, outputs, MappingProxyType(decoded), _decode_location(location)
        )
        check_control(equation)
        return equation, max((self.depths[index] for index in nested), default=0)

    def atom(self, item: object, bound: list[Variable]) -> Atom:
        if isinstance(item, list):
            type, value = self.constant(item)
            return Literal(type, value)
        return bound[_integer(item, len(bound))]

    def param(self, value: object, nested: list[int], depth: int) -> Any:
        if depth > 8:
            raise Malformed("parameters nest too deep")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            return _integer(value, 1 << 64, -(1 << 64))
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, list):
            return tuple(self.param(item, nested, depth + 1) for item in value)
        if not isinstance(value, dict) or len(value) != 1:
            raise Malformed("a parameter of no known kind")
        ((kind, content),) = value.items()
        if kind == "p":
            nested.append(_integer(content, len(self.programs)))
            return self.programs[nested[-1]]
        if kind == "x":
            return Opaque(_text(content))
        if kind == "f":
            return _hex_float(content)
        if kind == "m" and isinstance(content, dict):
            return {_text(k): self.param(v, nested, depth + 1) for k, v in content.items()}
        raise Malformed("a parameter of no known kind")


def check_control(equation: Equation) -> None:
    """Operands of control flow must fit the programs they are given to; raises `Malformed`."""
    check = _CONTROL.get(equation.primitive)
    if check is None:
        return
    try:
        check(equation)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise Malformed(f"{equation.primitive} lacks a parameter it needs") from error


def _check_scan(equation: Equation) -> None:
    params = equation.params
    body: Program = params["jaxpr"]
    consts, carry = _integer(params["num_consts"], 1 << 20), _integer(params["num_carry"], 1 << 20)
    length = _integer(params["length"], MAX_EXTENT)
    if not isinstance(params["reverse"], bool):
        raise Malformed("reverse is a bool")
    split = consts + carry
    if len(equation.inputs) < split or len(equation.outputs) < carry:
        raise Malformed("scan has fewer operands than it says")
    whole, rows = equation.inputs[:split], equation.inputs[split:]
    _same([a.type for a in whole] + [_row(a.type, length) for a in rows], body.inputs)
    stacked = [_row(v.type, length) for v in equation.outputs[carry:]]
    _same([v.type for v in equation.outputs[:carry]] + stacked, body.outputs)


def _check_while(equation: Equation) -> None:
    params = equation.params
    n_cond, n_body = (
        _integer(params["cond_nconsts"], 1 << 20),
        _integer(params["body_nconsts"], 1 << 20),
    )
    types = [atom.type for atom in equation.inputs]
    carry = types[n_cond + n_body :]
    _same(types[:n_cond] + carry, params["cond_jaxpr"].inputs)
    _same([ArrayType("bool")], params["cond_jaxpr"].outputs)
    _same(types[n_cond : n_cond + n_body] + carry, params["body_jaxpr"].inputs)
    _same(carry, params["body_jaxpr"].outputs)
    _same(carry, equation.outputs)


def _check_cond(equation: Equation) -> None:
    branches = equation.params["branches"]
    if not branches or equation.inputs[0].type.shape:
        raise Malformed("cond needs branches and a scalar index")
    for branch in branches:
        _same([atom.type for atom in equation.inputs[1:]], branch.inputs)
        _same([variable.type for variable in equation.outputs], branch.outputs)


def _check_call(equation: Equation) -> None:
    body: Program = equation.params["jaxpr"]
    _same([atom.type for atom in equation.inputs], body.inputs)
    _same([variable.type for variable in equation.outputs], body.outputs)


_CONTROL = {
    "scan": _check_scan,
    "while": _check_while,
    "cond": _check_cond,
    "call": _check_call,
}


def _same(expected: list[ArrayType], atoms: tuple[Atom, ...] | tuple[Variable, ...]) -> None:
    found = [(atom.type.dtype, atom.type.shape) for atom in atoms]
    if found != [(type.dtype, type.shape) for type in expected]:
        raise Malformed("operands do not fit the program they are given to")


def _row(type: ArrayType, length: int) -> ArrayType:
    if not type.shape or type.shape[0] != length:
        raise Malformed("a scanned operand has another length than the scan")
    return ArrayType(type.dtype, type.shape[1:], type.weak)


def encode_tree(tree: Tree) -> Any:
    """A tree of results as JSON values."""
    if isinstance(tree, Leaf):
        return [tree.type.dtype, list(tree.type.shape), tree.type.weak]
    return {
        "kind": tree.kind[:MAX_TEXT],
        "keys": [key[:MAX_TEXT] for key in tree.keys],
        "children": [encode_tree(child) for child in tree.children],
    }


def decode_tree(value: object, depth: int = 0) -> Tree:
    """The tree in JSON values; raises `Malformed`."""
    if isinstance(value, list):
        return Leaf(decode_type(value))
    if not isinstance(value, dict) or depth > MAX_DEPTH:
        raise Malformed("a tree of results is made of types and containers")
    keys = tuple(_text(key) for key in _list(value.get("keys")))
    children = tuple(decode_tree(child, depth + 1) for child in _list(value.get("children")))
    kind = _text(value.get("kind"))
    if len(keys) != (len(children) if kind == "dict" else 0):
        raise Malformed("a container with other keys than children")
    return Node(kind, keys, children)


def decode_type(item: object) -> ArrayType:
    """The array type `[dtype, shape, weak]`; raises `Malformed`."""
    dtype, shape, weak = _several(item, 3)
    extents = tuple(_integer(extent, MAX_EXTENT) for extent in _list(shape))
    if not isinstance(weak, bool) or len(extents) > MAX_RANK or math.prod(extents) > MAX_EXTENT:
        raise Malformed("an array type out of bounds")
    return ArrayType(_text(dtype), extents, weak)


def parse_json(data: bytes) -> Any:
    """JSON of untrusted origin; raises `Malformed` whatever is wrong with it."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error


def _raw_dtype(type: ArrayType) -> np.dtype[Any]:
    name = type.dtype
    if name == "bfloat16":
        return np.dtype("<f4")
    if name.startswith("key<"):
        return np.dtype("<u8")
    try:
        dtype = np.dtype(name)
    except TypeError as error:
        raise Malformed(f"constants of type {name} have no wire form") from error
    if dtype.kind not in "biufc" or dtype.name != name:
        raise Malformed(f"constants of type {name} have no wire form")
    return dtype.newbyteorder("<")


def _encode_location(location: Location | None) -> list[Any] | None:
    return None if location is None else [location.line, location.function[:MAX_TEXT]]


def _decode_location(item: object) -> Location | None:
    if item is None:
        return None
    line, function = _several(item, 2)
    return Location(_integer(line, 1 << 31), _text(function))


def _integer(value: object, high: int, low: int = 0) -> int:
    if type(value) is not int or not low <= value < high:
        raise Malformed("an integer out of bounds")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Malformed("a text that is none, or too long")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed("expected a list")
    return value


def _several(value: object, count: int) -> list[Any]:
    items = _list(value)
    if len(items) != count:
        raise Malformed(f"expected {count} items")
    return items


def _hex_float(value: object) -> float:
    try:
        return float.fromhex(_text(value))
    except (ValueError, OverflowError) as error:
        raise Malformed("not a number") from error
