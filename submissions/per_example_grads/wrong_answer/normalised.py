"""Each gradient is scaled to the length 1."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    g = jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2), (None, 0, 0))(w, x, y)
    return g / (jnp.linalg.norm(g, axis=1, keepdims=True) + 1e-12)
