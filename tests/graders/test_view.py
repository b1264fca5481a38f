from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
from jax import lax

from graders.jaxpr.model import Equation, Location, Program
from graders.subject import Trace
from graders.view import Growth, View, view
from tests.graders.exercise import RUBRIC, gradient, reference, traces, unrolled


def placed(program: Program, line: int) -> Program:
    """The program with its equations at consecutive lines, nested ones at that of their owner."""

    def moved(equation: Equation, at: int) -> Equation:
        nested = {
            key: placed(value, at) if isinstance(value, Program) else value
            for key, value in equation.params.items()
        }
        return replace(equation, location=Location(at, "f"), params=nested)

    return replace(
        program,
        equations=tuple(moved(equation, line + n) for n, equation in enumerate(program.equations)),
    )


def seen(function: Callable[..., Any], line: int | None = None) -> View:
    found = list(traces(function))
    if line is not None:
        found = [replace(trace, program=placed(trace.program, line)) for trace in found]
    return view(RUBRIC, found)


def test_the_shape_shown_tells_extents_apart() -> None:
    found = seen(reference)
    assert found.dimensions == (("N", 2), ("B", 3))
    assert found.result == "float32[]"


def test_a_scan_is_shown_with_what_flows_into_it() -> None:
    (loop,) = seen(reference).loops
    assert (loop.kind, loop.steps) == ("scan", 2)
    assert (loop.carry, loop.captured, loop.past) == (("w",), ("lr",), ())
    assert loop.xs == ("x_batches", "y_batches")
    assert [row.loop for row in seen(reference).rows].count(True) == 1


def while_loop(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(c: Any) -> Any:
        return c[0] + 1, c[1] - lr * gradient(c[1], xs[c[0]], ys[c[0]])

    return lax.while_loop(lambda c: c[0] < lr, body, (0, w))[1] + ys[0, 0]


def test_a_while_has_as_many_steps_as_the_data_ask_for() -> None:
    (loop,) = seen(while_loop).loops
    assert (loop.kind, loop.steps, loop.xs) == ("while", None, ())
    assert loop.carry == ("w",)
    assert loop.captured == ("lr", "x_batches", "y_batches")
    assert loop.past == ("y_batches",)


def wasteful(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    jnp.sin(w)
    lax.scan(lambda c, x: (c + jnp.cos(x[0]), None), lr, xs)
    return lax.scan(
        lambda c, r: ((c[0] - lr * gradient(c[0], *r), c[1] * 2), None), (w, lr), (xs, ys)
    )[0][0]


def test_what_has_no_effect_is_listed_loops_as_a_whole() -> None:
    dead = [found.primitive for found in seen(wasteful).dead]
    assert sorted(set(dead) & {"sin", "cos", "scan"}) == ["cos", "scan", "sin"]
    assert dead.count("scan") == 1
    assert "mul" in dead
    assert seen(unrolled).dead == ()


def branching(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.cond(w > 0, lambda: reference(w, lr, xs, ys), lambda: w)


def test_a_branch_that_matters_is_not_dead() -> None:
    assert "cond" not in [found.primitive for found in seen(branching).dead]


def test_growth_is_told_with_its_lines() -> None:
    (still,) = seen(reference).growth
    assert still == Growth("N", (3, 6), (still.operations[0],) * 2, ())
    (growth,) = seen(unrolled, line=7).growth
    assert growth.dimension == "N"
    assert growth.sizes == (3, 6)
    assert growth.operations[0] < growth.operations[1]
    assert growth.lines
    assert min(growth.lines) >= 7
    assert seen(unrolled).growth[0].lines == ()


def test_rows_know_their_lines() -> None:
    assert {row.line for row in seen(reference, line=4).rows if row.loop} == {4}
    assert all(row.line is None for row in seen(reference).rows)


def test_a_trace_alone_is_enough_for_a_problem_without_growth() -> None:
    plain = replace(RUBRIC, structure=replace(RUBRIC.structure, constant_size=()))
    found: list[Trace] = [traces(reference)[0]]
    assert view(plain, found).growth == ()
