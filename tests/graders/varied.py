"""Exercises of other kinds: pytrees and several results, static integers, random keys, counts."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from graders.form import Container, Slot, Static
from graders.rubric import (
    KEY,
    Argument,
    Dimension,
    Result,
    Rubric,
    ScanRule,
    Signature,
    Structure,
    WhileRule,
)

PARAMS = Container("dict", ("b", "w"), (Slot(0), Slot(1)))
FIT = Rubric(
    entry="fit",
    dimensions=(Dimension("N", 1, 5), Dimension("B", 1, 3)),
    arguments=(
        Argument("params.b", (), "float32", -2, 2),
        Argument("params.w", (), "float32", -2, 2),
        Argument("x_batches", ("N", "B"), "float32", -2, 2),
        Argument("y_batches", ("N", "B"), "float32", -2, 2),
    ),
    results=(
        Result((), "float32", "params.b"),
        Result((), "float32", "params.w"),
        Result(("N",), "float32", "losses"),
    ),
    signature=Signature(
        ("params", "x_batches", "y_batches", "steps"),
        (PARAMS, Slot(2), Slot(3), Static("N")),
        Container("tuple", ("params", "losses"), (PARAMS, Slot(2))),
    ),
    structure=Structure(
        ScanRule("N", ("params",), ("x_batches", "y_batches"), outputs=True), ("N",)
    ),
    batches=24,
    minimum_move=1e-4,
)


def loss(params: Any, x: Any, y: Any) -> Any:
    return jnp.sum((params["w"] * x + params["b"] - y) ** 2)


def descend(params: Any, row: Any, rate: float = 1 / 64) -> Any:
    value, slopes = jax.value_and_grad(loss)(params, *row)
    return jax.tree.map(lambda p, s: p - rate * s, params, slopes), value


def fit(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    return lax.scan(descend, params, (xs, ys), length=steps)


WALK = Rubric(
    entry="walk",
    dimensions=(Dimension("N", 1, 5),),
    arguments=(Argument("key", (), KEY), Argument("deviation", (), "float32", 0.25, 2)),
    results=(Result(("N",), "float32"),),
    signature=Signature(("key", "steps", "deviation"), (Slot(0), Static("N"), Slot(1)), Slot(0)),
    structure=Structure(ScanRule("N", ("key",), (), outputs=True), ("N",)),
    batches=6,
)


def move(carry: Any, deviation: Any) -> Any:
    key, position = carry
    key, now = jax.random.split(key)
    position = position + deviation * jax.random.normal(now)
    return (key, position), position


def walk(key: Any, steps: int, deviation: Any) -> Any:
    start = (key, jnp.zeros(()))
    return lax.scan(lambda c, _: move(c, deviation), start, None, length=steps)[1]


SEARCH = Rubric(
    entry="search",
    dimensions=(Dimension("N", 1, 8),),
    arguments=(Argument("x", ("N",), "int32", 0, 3), Argument("most", (), "int32", 0, 9)),
    results=(Result((), "int32"),),
    signature=Signature.flat(("x", "most")),
    structure=Structure(constant_size=("N",), loop=WhileRule(("x", "most"))),
    batches=30,
)


def search(x: Any, most: Any) -> Any:
    last = jnp.minimum(most, len(x))

    def looking(index: Any) -> Any:
        return (index < last) & (x[jnp.minimum(index, len(x) - 1)] != 0)

    return lax.while_loop(looking, lambda index: index + 1, jnp.int32(0))


PARITY = Rubric(
    entry="parity",
    dimensions=(Dimension("N", 1, 6),),
    arguments=(Argument("start", (), "bool", 0, 1), Argument("bits", ("N",), "bool", 0, 1)),
    results=(Result((), "bool"),),
    signature=Signature.flat(("start", "bits")),
    structure=Structure(ScanRule("N", ("start",), ("bits",)), ("N",)),
    batches=10,
)


def parity(start: Any, bits: Any) -> Any:
    return lax.scan(lambda odd, bit: (odd ^ bit, None), start, bits)[0]


SUMS = Rubric(
    entry="sums",
    dimensions=(Dimension("N", 1, 8),),
    arguments=(Argument("x", ("N",), "float32", -4, 4),),
    results=(Result(("N",), "float32"),),
    signature=Signature.flat(("x",)),
    structure=Structure(ScanRule("N", (), ("x",), outputs=True), ("N",)),
    batches=20,
)


def add(total: Any, value: Any) -> Any:
    return total + value, total + value


def sums(x: Any) -> Any:
    return lax.scan(add, jnp.zeros(()), x)[1]
