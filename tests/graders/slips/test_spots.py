from __future__ import annotations

import ast

from graders.slips.spots import blocks, quoted, spots, within

SOURCE = '''
"""A text."""
import jax
RATE: float = 0.5
BETA = 0.9

@jax.jit
def outer(w: jax.Array, lr: jax.Array = 1) -> jax.Array:
    def step(carry, row):
        w, total = carry
        return f(w - lr, total), f"{row}"
    _, rest = jax.lax.scan(step, w, lambda x: x + lr)
    return rest
'''


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def test_what_is_computed_is_a_spot_with_the_names_of_its_function() -> None:
    found = {ast.unparse(spot.node): spot.names for spot in spots(ast.parse(SOURCE))}
    assert found["0.9"] == ()
    assert found["w - lr"] == ("w", "lr", "total")
    assert found["x + lr"] == ("x", "lr")
    assert found["rest"] == ("w", "rest")
    assert not {"0.5", "1", "jax.Array", "jax.jit"} & found.keys()


def test_blocks_are_those_of_functions() -> None:
    assert [len(block) for block in blocks(ast.parse(SOURCE))] == [3, 2]


def test_a_quotation_is_short() -> None:
    assert quoted(_expression("a + b")) == "`a + b`"
    long = "jnp.sum((first * second - third) ** 2, axis=1) + grad(loss)(w, x)"
    assert quoted(_expression(long)) == "`jnp.sum(...) + grad(loss)(w, x)`"
    assert quoted(_expression("a_long_name + " * 5 + "b")) == "a longer expression"


def test_an_expression_is_shown_in_what_it_stands_in() -> None:
    call, other = _expression("f(a, k=1)"), _expression("b")
    assert isinstance(call, ast.Call)
    assert ast.unparse(within(call, call.args[0], other)) == "f(b, k=1)"
    assert within(ast.Return(call), call, other) is other
