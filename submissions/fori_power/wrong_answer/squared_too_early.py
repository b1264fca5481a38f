"""In exponentiation by squaring, the base is squared before it is used: x to the 2*n."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(state):
        power, base, rest = state
        base = base * base
        return jnp.where(rest & 1, power * base, power), base, rest >> 1

    return jax.lax.while_loop(lambda s: s[2] > 0, body, (1.0, x, n))[0]
