"""Exponentiation by squaring: one step of a while loop for each binary digit of n."""

import jax.numpy as jnp
from jax import lax


def fori_power(x, n):
    def body(state):
        power, base, rest = state
        power = jnp.where(rest % 2 == 1, power * base, power)
        return power, base * base, rest // 2

    power, _, _ = lax.while_loop(lambda s: s[2] > 0, body, (jnp.float32(1), x, n))
    return power
