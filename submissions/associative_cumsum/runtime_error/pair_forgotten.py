"""Pairs are scanned, but the combining function returns one array."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    def combine(a, b):
        return a[0] + b[0]

    return jax.lax.associative_scan(combine, (x, jnp.ones_like(x)))[0]
