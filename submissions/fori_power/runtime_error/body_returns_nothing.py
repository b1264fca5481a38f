"""The body has no return."""

import jax


def fori_power(x, n):
    def body(i, power):
        power = power * x

    return jax.lax.fori_loop(0, n, body, 1.0)
