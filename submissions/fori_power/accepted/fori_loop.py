"""The product of n factors, by fori_loop from 0 to n."""

from jax import lax


def fori_power(x, n):
    return lax.fori_loop(0, n, lambda i, power: power * x, 1.0)
