"""The body returns a pair, as that of a scan would."""

import jax


def fori_power(x, n):
    def body(i, power):
        return power * x, None

    return jax.lax.fori_loop(0, n, body, 1.0)
