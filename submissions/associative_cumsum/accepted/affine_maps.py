"""Each element is the map s -> 1 * s + x, and maps are composed."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    def compose(first, second):
        a, b = first
        c, d = second
        return c * a, c * b + d

    scale, shift = jax.lax.associative_scan(compose, (jnp.ones_like(x), x))
    return scale * 0.0 + shift
