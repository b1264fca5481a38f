"""The product with a triangular matrix whose rows are divided by their lengths."""

import jax.numpy as jnp


def running_mean(x):
    table = jnp.tril(jnp.ones((x.size, x.size)))
    return (table / table.sum(axis=1, keepdims=True)) @ x
