"""Programs for tests: traced by JAX, or built by hand, equation by equation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import jax
import numpy as np

from graders.jaxpr.model import (
    FOREIGN,
    Array,
    ArrayType,
    Atom,
    Equation,
    Literal,
    Program,
    Variable,
)
from harness.sandbox.child.dialect import Translator, known_primitives

SCALAR = ArrayType("float32")
WHOLE = ArrayType("int32")
TRUTH = ArrayType("bool")
FOREIGN_NAME = f"{FOREIGN}mine"


@cache
def _known() -> Any:
    return known_primitives()


def traced(function: Callable[..., Any], *values: Any) -> Program:
    """The program JAX makes of a function for arguments of the values' types."""
    return Translator(_known(), "").program(jax.jit(function).trace(*values).jaxpr)


def vector(size: int, dtype: str = "float32") -> ArrayType:
    return ArrayType(dtype, (size,))


def number(value: float | bool, dtype: str = "float32") -> Literal:
    return Literal(ArrayType(dtype), np.asarray(value, dtype))


class Builder:
    """Writes one program down: inputs first, then equations, then what it gives."""

    def __init__(self, *inputs: ArrayType) -> None:
        self.inputs = tuple(Variable(type) for type in inputs)
        self.constants: list[tuple[Variable, Array]] = []
        self.equations: list[Equation] = []

    def constant(self, value: Any, dtype: str = "float32") -> Variable:
        array = np.asarray(value, dtype)
        self.constants.append((Variable(ArrayType(dtype, array.shape)), array))
        return self.constants[-1][0]

    def many(
        self, primitive: str, types: Sequence[ArrayType], *inputs: Atom, **params: Any
    ) -> tuple[Variable, ...]:
        outputs = tuple(Variable(type) for type in types)
        self.equations.append(Equation(primitive, inputs, outputs, params))
        return outputs

    def one(self, primitive: str, type: ArrayType, *inputs: Atom, **params: Any) -> Variable:
        (output,) = self.many(primitive, [type], *inputs, **params)
        return output

    def gives(self, *outputs: Atom) -> Program:
        return Program(self.inputs, tuple(self.constants), tuple(self.equations), outputs)


def applied(
    primitive: str, types: Sequence[ArrayType], result: ArrayType, **params: Any
) -> Program:
    """The program that is one equation on its inputs."""
    builder = Builder(*types)
    return builder.gives(builder.one(primitive, result, *builder.inputs, **params))


def called(body: Program) -> Program:
    """The program that calls another one with its own inputs."""
    builder = Builder(*(variable.type for variable in body.inputs))
    types = [atom.type for atom in body.outputs]
    return builder.gives(*builder.many("call", types, *builder.inputs, jaxpr=body, kind="jit"))


def scan_params(body: Program, consts: int, carry: int, length: int) -> dict[str, Any]:
    return {
        "jaxpr": body,
        "num_consts": consts,
        "num_carry": carry,
        "length": length,
        "reverse": False,
        "unroll": 1,
    }


def while_params(condition: Program, body: Program, n_cond: int = 0, n_body: int = 0) -> Any:
    return {
        "cond_jaxpr": condition,
        "body_jaxpr": body,
        "cond_nconsts": n_cond,
        "body_nconsts": n_body,
    }
