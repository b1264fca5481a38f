"""The option is spelled reversed=True."""

import jax


def reverse_cumsum(x):
    return jax.lax.scan(lambda t, v: (t + v, t + v), 0.0, x, reversed=True)[1]
