"""A while loop must do the work: what it gives is the result, made step by step, and it stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import pytest
from jax import lax

from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Argument, Dimension, Result, Rubric, Signature, Structure, WhileRule
from graders.structure import Programs, check
from graders.verdict import CheckResult
from tests.graders.exercise import bank, traces

Function = Callable[..., Any]

POWER = Rubric(
    entry="power",
    dimensions=(),
    arguments=(Argument("x", (), "float32", -1.5, 1.5), Argument("n", (), "int32", 0, 9)),
    results=(Result((), "float32"),),
    signature=Signature.flat(("x", "n")),
    structure=Structure(loop=WhileRule(("x",))),
    batches=60,
)
SEARCH = Rubric(
    entry="search",
    dimensions=(Dimension("N", 1, 6),),
    arguments=(Argument("x", ("N",), "int32", 0, 3), Argument("most", (), "int32", 0, 8)),
    results=(Result((), "int32"),),
    signature=Signature.flat(("x", "most")),
    structure=Structure(loop=WhileRule(("x", "most"), ("x", "most"))),
    batches=60,
)


def power(x: Any, n: Any) -> Any:
    return lax.fori_loop(0, n, lambda _, p: p * x, 1.0)


def search(x: Any, most: Any) -> Any:
    most = jnp.minimum(most, len(x))
    found = lax.while_loop(lambda i: (i < most) & (x[jnp.minimum(i, len(x) - 1)] != 0), _next, 0)
    return found.astype("int32")


def _next(number: Any) -> Any:
    return number + 1


def checked(function: Function, rubric: Rubric, reference: Function) -> CheckResult:
    traced = {found.dimensions: found.program for found in traces(function, rubric)}
    programs = Programs(traced, {shape: normalize(p) for shape, p in traced.items()})
    drawn = bank(reference, rubric)
    return check(rubric, drawn, programs, Evaluator(), [], correct=True)


def squaring(x: Any, n: Any) -> Any:
    def body(s: Any) -> Any:
        return jnp.where(s[2] & 1, s[0] * s[1], s[0]), s[1] * s[1], s[2] >> 1

    return lax.while_loop(lambda s: s[2] > 0, body, (1.0, x, n))[0]


def from_x(x: Any, n: Any) -> Any:
    return jnp.where(n == 0, 1.0, lax.fori_loop(1, n, lambda _, p: p * x, x))


def behind_cond(x: Any, n: Any) -> Any:
    return lax.cond(n == 0, lambda: 1.0, lambda: from_x(x, n))


def cond_plus_nothing(x: Any, n: Any) -> Any:
    return behind_cond(x, n) + 0 * x


def sign_apart(x: Any, n: Any) -> Any:
    def body(_: Any, s: Any) -> Any:
        return s[0] * jnp.abs(x), s[1] * jnp.sign(x)

    size, sign = lax.fori_loop(0, n, body, (1.0, 1.0))
    return size * sign


def plus_nothing(x: Any, n: Any) -> Any:
    return power(x, n) + 0 * x


HONEST = [power, squaring, from_x, behind_cond, cond_plus_nothing, sign_apart, plus_nothing]


@pytest.mark.parametrize("function", HONEST)
def test_honest_variety_is_accepted(function: Function) -> None:
    found = checked(function, POWER, power)
    assert not found.findings
    assert found.message == "a while loop that does the work"


def one_too_far(x: Any, most: Any) -> Any:
    """The loop counts the elements it has looked at, also the one that is zero."""

    def body(s: Any) -> Any:
        return s[0] + 1, x[s[0]] == 0

    most = jnp.minimum(most, len(x))
    count, found = lax.while_loop(lambda s: (s[0] < most) & ~s[1], body, (0, False))
    return jnp.where(found, count - 1, count).astype("int32")


@pytest.mark.parametrize("function", [search, one_too_far])
def test_a_loop_may_count_what_the_result_numbers(function: Function) -> None:
    assert not checked(function, SEARCH, search).findings


def table(x: Any, n: Any) -> Any:
    return jnp.prod(jnp.where(jnp.arange(9) < n, x, 1.0))


def masked_scan(x: Any, n: Any) -> Any:
    return lax.fori_loop(0, 9, lambda i, p: p * jnp.where(i < n, x, 1.0), 1.0)


def dead(x: Any, n: Any) -> Any:
    power(x, n)
    return table(x, n)


def times_nothing(x: Any, n: Any) -> Any:
    return table(x, n) + 0 * power(x, n)


def never_run(x: Any, n: Any) -> Any:
    return lax.cond(x > 99, power, table, x, n)


def beside(x: Any, n: Any) -> Any:
    return power(x, n) + table(x, n) - table(x, n) * 1.01


def one_turn(x: Any, n: Any) -> Any:
    return lax.while_loop(lambda s: ~s[0], lambda s: (~s[0], table(x, n)), (False, 0.0))[1]


def always_nine(x: Any, n: Any) -> Any:
    def body(s: Any) -> Any:
        return s[0] + 1, s[1] * jnp.where(s[0] < n, x, 1.0)

    return lax.while_loop(lambda s: s[0] < 9, body, (0, 1.0))[1]


def counted(x: Any, n: Any) -> Any:
    """The loop counts to n and hands x on; the work is done after it."""
    body: Function = lambda s: (s[0] + 1, jnp.where(s[0] < 0, -s[1], s[1]))  # noqa: E731
    count, y = lax.while_loop(lambda s: s[0] < n, body, (0, x))
    return table(y, count)


def anew(x: Any, n: Any) -> Any:
    return lax.fori_loop(0, n, lambda i, p: table(x, i + 1), 1.0)


WRONG = [
    (table, "loop_absent", "the program contains no while loop"),
    (masked_scan, "loop_absent", "the number of steps is known while tracing"),
    (dead, "loop_unused", "it is dead code"),
    (times_nothing, "loop_unused", "has no part in the result"),
    (never_run, "loop_unused", "has no part in the result"),
    (beside, "beside_loop", "computed from x beside the loop"),
    (one_turn, "loop_of_one_step", "never takes more than one step"),
    (always_nine, "loop_of_fixed_length", "the same number of steps"),
    (counted, "loop_not_the_work", "the work is done after it"),
    (anew, "loop_starts_anew", "each step computes it anew"),
]


@pytest.mark.parametrize(("function", "code", "message"), WRONG)
def test_what_a_loop_is_not(function: Function, code: str, message: str) -> None:
    first = checked(function, POWER, power).findings[0]
    assert first.code == code
    assert message in first.message


def bounded_after(x: Any, most: Any) -> Any:
    return jnp.minimum(search(x, jnp.int32(len(x))), most)


def test_each_named_argument_goes_through_the_loop() -> None:
    found = checked(bounded_after, SEARCH, search).findings
    assert [finding.code for finding in found] == ["beside_loop"]
    assert "from most beside" in found[0].message


def to_the_bound(x: Any, most: Any) -> Any:
    most = jnp.minimum(most, len(x))
    body: Function = lambda i, a: jnp.where((x[i] == 0) & (a == most), i, a)  # noqa: E731
    return lax.fori_loop(0, most, body, most)


def test_the_named_arguments_decide_when_it_ends() -> None:
    found = checked(to_the_bound, SEARCH, search).findings
    assert [finding.code for finding in found] == ["loop_does_not_stop"]
    assert found[0].message.endswith("how many steps it takes does not depend on x")


def test_a_loop_that_makes_no_step_gives_what_it_starts_from() -> None:
    idle = replace(POWER, arguments=(POWER.arguments[0], Argument("n", (), "int32", 0, 0)))
    codes = [finding.code for finding in checked(power, idle, power).findings]
    assert codes == ["loop_of_one_step"]
