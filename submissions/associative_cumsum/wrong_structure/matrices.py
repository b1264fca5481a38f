"""2-by-2 matrices are multiplied, which makes four numbers of each element."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    ones, zeros = jnp.ones_like(x), jnp.zeros_like(x)
    rows = jnp.stack([jnp.stack([ones, x], -1), jnp.stack([zeros, ones], -1)], -2)
    return jax.lax.associative_scan(jnp.matmul, rows)[:, 0, 1]
