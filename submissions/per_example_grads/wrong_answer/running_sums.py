"""The gradients are added up along the batch instead of being kept apart."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    def loss(w, x, y):
        return (x @ w - y) ** 2

    grads = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(w, x, y)
    return jnp.cumsum(grads, axis=0)
