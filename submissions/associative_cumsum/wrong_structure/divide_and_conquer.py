"""Both halves by recursion: few rounds deep, but written out for every element."""

import jax.numpy as jnp


def parallel_cumsum(x):
    if x.size == 1:
        return x
    half = x.size // 2
    left, right = parallel_cumsum(x[:half]), parallel_cumsum(x[half:])
    return jnp.concatenate([left, left[-1] + right])
