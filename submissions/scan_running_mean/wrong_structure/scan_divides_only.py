"""The sums are made before the scan, by a matrix; the scan only counts and divides."""

import jax
import jax.numpy as jnp


def running_mean(x):
    sums = jnp.tril(jnp.ones((x.size, x.size))) @ x
    return jax.lax.scan(lambda n, total: (n + 1, total / (n + 1)), 0.0, sums)[1]
