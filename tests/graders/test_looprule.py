"""What a while loop must be: used, the only way to the result, and as long as the arguments say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import pytest
from jax import lax

from graders.looprule import Pace, turns
from graders.rubric import Argument, Result, Rubric, Signature, Structure, WhileRule
from graders.verdict import Status, Verdict
from tests.graders.exercise import built
from tests.graders.varied import SEARCH, search

Function = Callable[..., Any]

POWER = Rubric(
    entry="power",
    dimensions=(),
    arguments=(Argument("x", (), "float32", -1.5, 1.5), Argument("n", (), "int32", 0, 9)),
    results=(Result((), "float32"),),
    signature=Signature.flat(("x", "n")),
    structure=Structure(loop=WhileRule(("x", "n"))),
    batches=24,
)


def power(x: Any, n: Any) -> Any:
    return lax.fori_loop(0, n, lambda _, found: found * x, jnp.float32(1))


def by_squares(x: Any, n: Any) -> Any:
    def step(carry: Any) -> Any:
        found, base, left = carry
        return jnp.where(left % 2 == 1, found * base, found), base * base, left // 2

    return lax.while_loop(lambda c: c[2] > 0, step, (jnp.float32(1), x, n))[0]


def jitted(x: Any, n: Any) -> Any:
    return jax.jit(power)(x, n)


def scaled(x: Any, n: Any) -> Any:
    return power(x, n) * 2 / 2


def value_carried(x: Any, most: Any) -> Any:
    """The element that is looked at is carried as a float beside the index."""
    values, last = x.astype("float32"), jnp.minimum(most, len(x))

    def step(carry: Any) -> Any:
        index = carry[0] + 1
        return index, values[jnp.minimum(index, len(x) - 1)]

    looking = lambda c: (c[0] < last) & (c[1] != 0)  # noqa: E731
    return lax.while_loop(looking, step, (jnp.int32(0), values[0]))[0]


def stopped(x: Any, most: Any) -> Any:
    """Whether it is found is carried beside the index."""
    last = jnp.minimum(most, len(x))

    def step(carry: Any) -> Any:
        found = x[carry[0]] == 0
        return jnp.where(found, carry[0], carry[0] + 1), found

    return lax.while_loop(lambda c: (c[0] < last) & ~c[1], step, (jnp.int32(0), False))[0]


HONEST = [
    (POWER, power, power),
    (POWER, power, by_squares),
    (POWER, power, jitted),
    (POWER, power, scaled),
    (SEARCH, search, search),
    (SEARCH, search, value_carried),
    (SEARCH, search, stopped),
]


@pytest.mark.parametrize(
    ("rubric", "wanted", "function"), HONEST, ids=[function.__name__ for *_, function in HONEST]
)
def test_honest_variety_is_accepted(rubric: Rubric, wanted: Function, function: Function) -> None:
    found = built(function, rubric, wanted)
    assert not found.findings
    assert (found.status, found.message) == (Status.PASSED, "a while loop that does the work")


def selected(x: Any, n: Any) -> Any:
    """All powers at once, and one of them chosen."""
    powers = jnp.cumprod(jnp.concatenate([jnp.ones(1), jnp.full(9, x)]))
    return powers[n]


def for_show(x: Any, n: Any) -> Any:
    return selected(x, n) + 0 * power(x, n)


def dead(x: Any, n: Any) -> Any:
    power(x, n)
    return selected(x, n)


def counted(x: Any, n: Any) -> Any:
    """The loop counts to n and gives nothing else."""
    return selected(x, lax.fori_loop(0, n, lambda _, count: count + 1, 0))


def fixed(x: Any, n: Any) -> Any:
    def step(carry: Any) -> Any:
        index, found = carry
        return index + 1, jnp.where(index < n, found * x, found)

    return lax.while_loop(lambda c: c[0] < 9, step, (0, jnp.float32(1)))[1]


def one_turn(x: Any, n: Any) -> Any:
    start = (jnp.bool_(False), jnp.float32(0), x, n)
    end = lax.while_loop(
        lambda c: ~c[0], lambda c: (jnp.bool_(True), selected(c[2], c[3]), c[2], c[3]), start
    )
    return end[1]


def unrolled(x: Any, n: Any) -> Any:
    found = jnp.float32(1)
    for index in range(9):
        found = jnp.where(index < n, found * x, found)
    return found


def scanned(x: Any, n: Any) -> Any:
    return lax.fori_loop(0, 9, lambda i, found: jnp.where(i < n, found * x, found), jnp.float32(1))


def never(x: Any, n: Any) -> Any:
    return lax.cond(x > 99, power, selected, x, n)


FOUND = [
    (selected, "loop_absent", "the program contains no while loop"),
    (unrolled, "loop_absent", "the program contains no while loop"),
    (dead, "loop_unused", "nothing of it reaches the result: it is dead code"),
    (scanned, "loop_absent", "no while loop: the number of steps is known while tracing"),
    (for_show, "loop_unused", "has no part in the result"),
    (never, "loop_unused", "has no part in the result"),
    (counted, "beside_loop", "the result is computed from x beside the loop"),
    (fixed, "loop_of_fixed_length", "the same number of steps whatever the arguments are"),
    (one_turn, "loop_of_one_step", "never takes more than one step"),
]


@pytest.mark.parametrize(
    ("function", "code", "message"), FOUND, ids=[f.__name__ for f, _, _ in FOUND]
)
def test_what_is_found(function: Function, code: str, message: str) -> None:
    found = built(function, POWER, power)
    assert (found.status, found.verdict) == (Status.FAILED, Verdict.WRONG_STRUCTURE)
    said = [finding.message for finding in found.findings if finding.code == code]
    assert any(message in text for text in said), found.findings
    assert all(finding.hint for finding in found.findings)


def test_each_argument_that_gets_past_the_loop_is_named() -> None:
    def beside(x: Any, n: Any) -> Any:
        return power(x, n) + x + n.astype("float32")

    def messages(rubric: Rubric) -> list[str]:
        found = built(beside, rubric, power).findings
        return [finding.message for finding in found if finding.code == "beside_loop"]

    assert messages(POWER) == [
        f"the result is computed from {name} beside the loop, not only by it" for name in "xn"
    ]
    only_n = replace(POWER, structure=Structure(loop=WhileRule(("n",))))
    assert messages(only_n) == ["the result is computed from n beside the loop, not only by it"]


def harmless(x: Any, n: Any) -> Any:
    return power(x, n) + 0 * x + (n - n).astype("float32")


def test_a_suspicion_that_makes_no_difference_is_dropped() -> None:
    assert not built(harmless, POWER, power).findings


def two_loops(x: Any, n: Any) -> Any:
    """A loop for show comes before the one that does the work."""
    before = lax.while_loop(lambda c: c < n, lambda c: c + 2, n - n)
    return power(x, n) + 0 * before.astype("float32")


def test_the_best_of_several_loops_counts() -> None:
    assert not built(two_loops, POWER, power).findings


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        ({0}, ["loop_of_one_step"]),
        ({0, 1}, ["loop_of_one_step"]),
        ({7}, ["loop_of_fixed_length"]),
        ({0, 2}, []),
        ({3, 4}, []),
    ],
)
def test_a_loop_takes_several_steps_and_not_always_as_many(
    steps: set[int], codes: list[str]
) -> None:
    found = turns(WhileRule(()), Pace(frozenset(steps)))
    assert [finding.code for finding in found] == codes
