"""w is repeated for each example, so that everything is mapped along axis 0."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    ws = jnp.tile(w, (x.shape[0], 1))
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2))(ws, x, y)
