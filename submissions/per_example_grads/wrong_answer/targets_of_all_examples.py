"""y is not mapped, so every prediction is compared with all targets."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    def loss(w, row):
        return jnp.sum((row @ w - y) ** 2)

    return jax.vmap(jax.grad(loss), in_axes=(None, 0))(w, x)
