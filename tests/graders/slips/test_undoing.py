from __future__ import annotations

from graders.slips import undoing
from tests.graders.slips.written import made


def test_signs_and_parts_are_taken_away() -> None:
    assert list(made(undoing.without_sign, "-a + ~b")) == ["a", "b"]
    assert made(undoing.without_sign, "+a") == {}
    assert list(made(undoing.without_part, "a[1:] + b.T")) == ["a", "b"]
    assert made(undoing.without_part, "a.shape") == {}


def test_calls_and_keywords_are_taken_away() -> None:
    assert list(made(undoing.without_call, "g(a)")) == ["a"]
    assert made(undoing.without_call, "g()") == {}
    assert list(made(undoing.without_keyword, "g(a, axis=0, keepdims=True)")) == [
        "g(a, keepdims=True)",
        "g(a, axis=0)",
    ]


def test_sides_of_a_choice_change_places() -> None:
    assert list(made(undoing.other_branch, "a if b else c")) == ["c if b else a"]
    assert list(made(undoing.other_branch, "jnp.where(a, b, c)")) == ["jnp.where(a, c, b)"]
    assert made(undoing.other_branch, "g(a, b)") == {}


def test_a_reduction_is_over_another_axis() -> None:
    assert list(made(undoing.other_axis, "jnp.sum(a)")) == [
        "jnp.sum(a, axis=0)",
        "jnp.sum(a, axis=-1)",
    ]
    assert made(undoing.other_axis, "g(a) + jnp.sum(a, axis=0) + jnp.exp(a)") == {}


def test_loops_start_from_zeros() -> None:
    zeros = "jnp.zeros_like({})"
    assert list(made(undoing.other_start, "lax.scan(g, a, b)")) == [zeros.format("a")]
    both = [zeros.format("a"), zeros.format("b")]
    assert list(made(undoing.other_start, "lax.while_loop(f, g, (a, b))")) == both
    assert made(undoing.other_start, "g(a, b) + lax.scan(a)") == {}


def test_what_is_put_out_is_scaled_or_added_to_by_what_has_a_name() -> None:
    assert list(made(undoing.scaled, "g(a)")) == [
        "g(a) * b", "g(a) / b", "g(a) * c", "g(a) / c", "g(a) * a", "g(a) / a",
    ]  # fmt: skip
    assert made(undoing.scaled, "(1)") == {}
    assert list(made(undoing.added, "g(a)")) == [
        "b + g(a)", "b - g(a)", "c + g(a)", "c - g(a)", "a + g(a)", "a - g(a)",
    ]  # fmt: skip
    assert made(undoing.added, "(1)") == {}


def test_a_value_stands_in_the_place_of_another() -> None:
    assert list(made(undoing.other_value, "a + 1")) == ["b", "c"]
    assert list(made(undoing.other_value, "g(zeros(3), a)")) == ["b", "c", "a"]
    assert made(undoing.other_value, "jnp.zeros(3)") == {}


def test_an_old_value_is_replaced_by_what_is_computed_from_it() -> None:
    assert list(made(undoing.other_expression, "(a + 1, a / b)")) == ["a / b", "a + 1"]
    assert made(undoing.other_expression, "(a + 1, g(a), c / 2)").keys() == set()
