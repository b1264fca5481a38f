"""Python's reversed(x) is scanned, a generator."""

import jax


def reverse_cumsum(x):
    return jax.lax.scan(lambda t, v: (t + v, t + v), 0.0, reversed(x))[1]
