"""Program to bytes.

The form is `length (4 bytes, big endian) | JSON | constants`. Variables have no names: they are
numbered in the order they are bound (inputs, constants, results of each equation), so that single
assignment holds by construction and use before definition is one comparison. Programs stand in a
table and refer only to earlier entries, so that there are no cycles and sharing survives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graders.jaxpr.model import (
    Array,
    ArrayType,
    Atom,
    Leaf,
    Literal,
    Location,
    Opaque,
    Program,
    Tree,
    Variable,
)
from graders.jaxpr.wireform import MAX_TEXT, VERSION, raw_dtype


@dataclass(slots=True)
class _Encoder:
    types: dict[ArrayType, int] = field(default_factory=dict)
    programs: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[Program, int] = field(default_factory=dict)
    blob: bytearray = field(default_factory=bytearray)

    def type(self, type: ArrayType) -> int:
        return self.types.setdefault(type, len(self.types))

    def constant(self, value: Array, type: ArrayType) -> list[int]:
        data = np.ascontiguousarray(value, dtype=raw_dtype(type)).tobytes()
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


def encode_tree(tree: Tree) -> Any:
    """A tree of results as JSON values."""
    if isinstance(tree, Leaf):
        return [tree.type.dtype, list(tree.type.shape), tree.type.weak]
    return {
        "kind": tree.kind[:MAX_TEXT],
        "keys": [key[:MAX_TEXT] for key in tree.keys],
        "children": [encode_tree(child) for child in tree.children],
    }


def _encode_location(location: Location | None) -> list[Any] | None:
    return None if location is None else [location.line, location.function[:MAX_TEXT]]
