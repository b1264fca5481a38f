"""Exponentiation by squaring with jnp.square, bit operations and a cond."""

import jax.numpy as jnp
from jax import lax


def fori_power(x, n):
    def body(state):
        n, base, power = state
        power = lax.cond(n & 1, lambda: power * base, lambda: power)
        return n >> 1, jnp.square(base), power

    return lax.while_loop(lambda s: s[0] != 0, body, (n, x, jnp.ones_like(x)))[2]
