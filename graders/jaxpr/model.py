"""The program form every grader speaks: a jaxpr as a few frozen types, free of JAX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]

# The kind of a call whose values are computed again for the gradient, as `jax.checkpoint` makes it.
RECOMPUTED = "recomputed"

# Begins the name of a primitive or type that is not JAX's own, whatever it calls itself.
FOREIGN = "foreign:"


@dataclass(frozen=True, slots=True)
class ArrayType:
    """Element type and shape of a value; `dtype` is JAX's name, such as `float32` or `key<fry>`."""

    dtype: str
    shape: tuple[int, ...] = ()
    weak: bool = False

    @property
    def size(self) -> int:
        """Number of elements."""
        count = 1
        for extent in self.shape:
            count *= extent
        return count

    def __str__(self) -> str:
        return f"{self.dtype}[{','.join(map(str, self.shape))}]"


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A value bound once, told apart by identity."""

    type: ArrayType


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """A constant written into an equation; `value` has the dtype NumPy uses for `type`."""

    type: ArrayType
    value: Array


Atom = Variable | Literal


@dataclass(frozen=True, slots=True)
class Opaque:
    """A parameter that has no plain form, kept as text for messages only."""

    text: str


@dataclass(frozen=True, slots=True)
class Location:
    """A line of the submission, and the function it stands in."""

    line: int
    function: str


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """One primitive applied to atoms. Nested programs stand among its parameters.

    In a program in normal form, `recomputed` is in how many calls the equation stood whose values
    are computed again for the gradient instead of being kept.
    """

    primitive: str
    inputs: tuple[Atom, ...]
    outputs: tuple[Variable, ...]
    params: Mapping[str, Any]
    location: Location | None = None
    recomputed: int = 0

    def programs(self) -> Iterator[Program]:
        """The programs nested directly in the parameters."""
        for value in self.params.values():
            yield from _programs_in(value)


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A jaxpr: inputs, constants bound beside them, equations in order, outputs."""

    inputs: tuple[Variable, ...]
    constants: tuple[tuple[Variable, Array], ...]
    equations: tuple[Equation, ...]
    outputs: tuple[Atom, ...]

    def walk(self) -> Iterator[Equation]:
        """Every equation, nested ones after the one that holds them."""
        for equation in self.equations:
            yield equation
            for program in equation.programs():
                yield from program.walk()


def _programs_in(value: object) -> Iterator[Program]:
    if isinstance(value, Program):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _programs_in(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _programs_in(item)


@dataclass(frozen=True, slots=True)
class Leaf:
    """An array in a tree of results."""

    type: ArrayType

    def __str__(self) -> str:
        return str(self.type)


@dataclass(frozen=True, slots=True)
class Node:
    """A container in a tree of results: `kind` is tuple, list, dict, none or a class name."""

    kind: str
    keys: tuple[str, ...]
    children: tuple[Tree, ...]

    def __str__(self) -> str:
        if self.kind == "none":
            return "None"
        if self.kind == "dict":
            body = ", ".join(f"{k!r}: {c}" for k, c in zip(self.keys, self.children, strict=True))
            return "{" + body + "}"
        body = ", ".join(map(str, self.children))
        if self.kind == "list":
            return f"[{body}]"
        if self.kind == "tuple":
            return f"({body},)" if len(self.children) == 1 else f"({body})"
        return f"{self.kind}({body})"


Tree = Leaf | Node


def leaves(tree: Tree) -> tuple[ArrayType, ...]:
    """The array types of a tree, in order."""
    if isinstance(tree, Leaf):
        return (tree.type,)
    return tuple(leaf for child in tree.children for leaf in leaves(child))
