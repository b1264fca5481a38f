"""The absolute error is differentiated instead of the squared error."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: jnp.abs(x @ w - y)), (None, 0, 0))(w, x, y)
