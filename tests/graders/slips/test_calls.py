from __future__ import annotations

from graders.slips import calls
from tests.graders.slips.written import made


def test_a_function_has_siblings() -> None:
    found = made(calls.other_function, "jnp.mean(a)")
    assert found["jnp.sum"] == "`jnp.sum` in the place of `jnp.mean`"
    assert made(calls.other_function, "mean(a)") == {}


def test_a_call_is_left_out() -> None:
    assert made(calls.without_function, "jnp.tanh(a)") == {"a": "`jnp.tanh` is missing"}
    assert made(calls.without_function, "jnp.tanh() + jnp.sum(a)") == {}


def test_a_start_is_what_zeros_are_like() -> None:
    words = "`a` in the place of `jnp.zeros_like(a)`"
    assert made(calls.other_start, "jnp.zeros_like(a)") == {"a": words}
    assert made(calls.other_start, "jnp.zeros(3)") == {}


def test_a_scan_is_turned() -> None:
    assert list(made(calls.other_direction, "lax.scan(a, b)")) == ["lax.scan(a, b, reverse=True)"]
    assert list(made(calls.other_direction, "lax.scan(a, b, reverse=True)")) == [
        "lax.scan(a, b, reverse=False)"
    ]
    assert made(calls.other_direction, "lax.map(a, b)") == {}


def test_neighbours_change_places() -> None:
    assert made(calls.swapped_arguments, "g(a, b, c)") == {
        "g(b, a, c)": "`a` and `b` in each other's place",
        "g(a, c, b)": "`b` and `c` in each other's place",
    }
    assert list(made(calls.swapped_arguments, "(a, b, 1)")) == ["(b, a, 1)"]
    assert made(calls.swapped_arguments, "(a, a)") == {}


def test_another_name_is_taken() -> None:
    assert made(calls.other_name, "a + b") == {
        "b": "`b` in the place of `a`, as in `b + b`",
        "a": "`a` in the place of `b`, as in `a + a`",
    }
    assert made(calls.other_name, "(a, b)")["a"] == "`a` in the place of `b`"
    assert list(made(calls.other_name, "a(b)")) == ["a"]
