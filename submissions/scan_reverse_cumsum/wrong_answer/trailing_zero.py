"""There are N+1 sums: a 0 for no elements follows the N that are asked for."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    sums = jax.lax.scan(lambda t, v: (t + v, t + v), 0.0, x, reverse=True)[1]
    return jnp.append(sums, 0.0)
