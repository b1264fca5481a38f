"""The target is subtracted in every feature: sum((w*x - y)**2) instead of (w@x - y)**2."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: jnp.sum((w * x - y) ** 2)), (None, 0, 0))(w, x, y)
