"""The gradient of the mean loss is repeated in every row."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    g = jax.grad(lambda w: jnp.mean((x @ w - y) ** 2))(w)
    return jnp.tile(g, (x.shape[0], 1))
