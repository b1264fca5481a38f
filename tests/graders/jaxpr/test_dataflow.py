"""What a result depends on is never left out."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from jax import lax

from graders.jaxpr.dataflow import NOTHING, Flow, bypasses
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Program
from graders.jaxpr.normalize import TooLong
from tests.graders.jaxpr.strategies import arguments, programs, written
from tests.graders.jaxpr.test_normalize import slow_loops
from tests.graders.programs import traced

NAMES = "abc"
ONE = np.float32(1)
ROWS = np.ones(3, np.float32)


def origins(program: Program, flow: Flow | None = None) -> list[str]:
    names = [frozenset({name}) for name, _ in zip(NAMES, program.inputs, strict=False)]
    return ["".join(sorted(found)) for found in (flow or Flow()).outputs(program, names)]


@given(programs() | written(), arguments(), arguments())
@settings(max_examples=80, deadline=None)
def test_what_moves_a_result_is_among_its_origins(
    program: Program, values: tuple[Array, ...], others: tuple[Array, ...]
) -> None:
    run = Evaluator().prepare(program)
    base, found = run(values), origins(program)
    for place, name in enumerate(NAMES):
        moved = run([others[n] if n == place else value for n, value in enumerate(values)])
        for before, after, names in zip(base, moved, found, strict=True):
            assert name in names or np.array_equal(before, after, equal_nan=True)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda a, b, c: (a, a + b, jnp.float32(1)), ["a", "ab", ""]),
        (lambda a, b, c: lax.cond(a > 0, lambda: (b, c), lambda: (b * 2, b)), ["ab", "abc"]),
        (
            lambda a, b, c: lax.scan(lambda w, _: ((w[1], w[2], w[2]), w[0]), (a, b, c), None, 2),
            ["abc", "bc", "c", "abc"],
        ),
        (
            lambda a, b, c: lax.while_loop(lambda w: w[0] < a, lambda w: (w[0] + 1, w[1]), (b, c)),
            ["ab", "c"],
        ),
        (
            lambda a, b, c: lax.while_loop(
                lambda w: w[0] < 5, lambda w: (w[1], w[2], w[2] + 1), (a, b, c)
            ),
            ["abc", "abc", "abc"],
        ),
    ],
)
def test_origins(function: Any, expected: list[str]) -> None:
    assert origins(traced(function, ONE, ONE, ONE)) == expected


def test_a_cut_gives_a_label_and_collects_what_reached_it() -> None:
    def function(a: Any, b: Any, c: Any) -> Any:
        total, _ = lax.scan(lambda w, x: (w + x * a, None), b, c)
        return total * a

    program = traced(function, ONE, ONE, ROWS)
    (scan,) = [equation for equation in program.walk() if equation.primitive == "scan"]
    flow = Flow(cut=scan, label=frozenset({"!"}))
    assert origins(program, flow) == ["!a"]
    assert [set(found) for found in flow.at_cut] == [{"a"}, {"b"}, {"c"}]


def test_what_reaches_a_cut_inside_a_loop_is_collected_over_all_passes() -> None:
    def function(a: Any, b: Any, c: Any) -> Any:
        def step(w: Any, _: Any) -> Any:
            inner, _ = lax.scan(lambda v, x: (v + x, None), w[0], c)
            return (w[1], inner), None

        return lax.scan(step, (a, b), None, 3)[0]

    program = traced(function, ONE, ONE, ROWS)
    *_, inner = (equation for equation in program.walk() if equation.primitive == "scan")
    flow = Flow(cut=inner)
    assert origins(program, flow) == ["ab", "b"]
    assert set().union(*flow.at_cut) == {"a", "b", "c"}


def bypassed(
    function: Any, primitive: str, names: str = NAMES, place: int = 0
) -> tuple[str, list[str]]:
    program = traced(function, ONE, ONE, ROWS)
    cut = [e for e in program.walk() if e.primitive == primitive][place]
    past, operands = bypasses(program, names, cut)
    return "".join(sorted(past)), ["".join(sorted(found)) for found in operands]


def total(a: Any, b: Any, c: Any) -> Any:
    return lax.scan(lambda w, x: (w + x * a, None), b, c)[0]


@pytest.mark.parametrize(
    ("function", "past", "operands"),
    [
        (total, "", ["a", "b", "c"]),
        (lambda a, b, c: total(a, b, c) * a + jnp.sum(c), "ac", ["a", "b", "c"]),
        (lambda a, b, c: (total(a, b, c), b), "b", ["a", "b", "c"]),
        (lambda a, b, c: total(a, b + jnp.max(c), c), "", ["a", "bc", "c"]),
    ],
)
def test_what_gets_past_a_scan_and_what_gets_into_it(
    function: Any, past: str, operands: list[str]
) -> None:
    assert bypassed(function, "scan") == (past, operands)


def test_what_gets_past_a_while_loop_and_what_gets_into_it() -> None:
    def function(a: Any, b: Any, c: Any) -> Any:
        return lax.while_loop(lambda w: w < a, lambda w: w + c[0], b) * c[1]

    assert bypassed(function, "while") == ("c", ["a", "c", "b"])


def test_what_gets_past_a_loop_that_is_run_in_another_or_not_always() -> None:
    def within(a: Any, b: Any, c: Any) -> Any:
        return lax.scan(lambda w, x: (w * x + total(a, b, c), None), b, c)[0]

    def sometimes(a: Any, b: Any, c: Any) -> Any:
        return lax.cond(b > 0, total, lambda a, b, c: a, a, b, c)

    assert bypassed(within, "scan", place=1) == ("bc", ["a", "b", "c"])
    assert bypassed(sometimes, "scan") == ("ab", ["a", "b", "c"])


def test_inputs_of_one_name_are_not_told_apart() -> None:
    found = bypassed(lambda a, b, c: total(a, b, c) + b, "scan", "ppx")
    assert found == ("p", ["p", "p", "x"])


def test_what_is_cut_nowhere_lets_everything_past() -> None:
    program, other = traced(lambda a: a + 1, ONE), traced(lambda a: a * 2, ONE)
    assert bypasses(program, "a", other.equations[0]) == (frozenset("a"), [])


def test_values_from_nowhere_have_no_origin() -> None:
    program = traced(lambda a: jnp.arange(3.0) + jnp.array([1.5, 2, 3]), ONE)
    assert Flow().outputs(program, [frozenset({"a"})]) == [NOTHING]


def test_loops_within_loops_that_settle_slowly_are_refused() -> None:
    names = [frozenset({"a"})] + [NOTHING] * 20
    assert Flow().outputs(slow_loops(20, 0), names)[-1] == {"a"}
    with pytest.raises(TooLong, match="too long to follow"):
        Flow(effort=100_000).outputs(slow_loops(20, 8), names)
