"""Neighbours are added in pairs, the pairs' sums are made by recursion, and spread again."""

import jax.numpy as jnp


def parallel_cumsum(x):
    n = x.shape[0]
    if n == 1:
        return x
    pairs = parallel_cumsum(x[: n - n % 2].reshape(-1, 2).sum(axis=1))
    before = jnp.concatenate([jnp.zeros(1), pairs])[: (n + 1) // 2]
    odd = pairs
    even = before + x[::2]
    return jnp.zeros_like(x).at[::2].set(even).at[1::2].set(odd)
