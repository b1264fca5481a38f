"""Exponentiation by squaring in which base**2 makes an integer_pow."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(state):
        power, base, rest = state
        return jnp.where(rest & 1, power * base, power), base**2, rest >> 1

    return jax.lax.while_loop(lambda s: s[2] > 0, body, (1.0, x, n))[0]
