"""The gradient of the sum over all examples is repeated in every row."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    g = jax.grad(lambda w: jnp.sum((x @ w - y) ** 2))(w)
    return jnp.broadcast_to(g, x.shape)
