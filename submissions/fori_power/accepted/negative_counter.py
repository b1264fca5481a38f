"""The loop runs from -n up to 0."""

from jax import lax


def fori_power(x, n):
    return lax.fori_loop(-n, 0, lambda i, p: x * p, 1.0)
