"""The loop carries two powers, x**k and x**(k+1), and gives the lower one."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(k, pair):
        low, high = pair
        return high, high * x

    low, _ = jax.lax.fori_loop(0, n, body, (jnp.ones_like(x), x))
    return low
