"""The scan only copies the elements; the sums are made from them after it."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    _, copies = jax.lax.scan(lambda last, value: (value, value + 0.0 * last), 0.0, x)
    return jnp.tril(jnp.ones((x.size, x.size))) @ copies
