"""The scan carries the count only; the sums are made after it by a matrix."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(count, value):
        return count + 1, (value / (count + 1) * (count + 1), count + 1)

    _, (values, counts) = jax.lax.scan(body, 0.0, x)
    return jnp.tril(jnp.ones((x.size, x.size))) @ values / counts
