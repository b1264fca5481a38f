"""The factor x is missing: twice the error stands in every column."""

import jax.numpy as jnp


def per_example_grads(w, x, y):
    return jnp.broadcast_to(2 * (x @ w - y)[:, None], x.shape)
