"""The dict is flattened with ravel_pytree and carried as one vector."""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def fit_linear(params, lr, x_batches, y_batches):
    start, unravel = ravel_pytree(params)

    def loss(vector, x, y):
        p = unravel(vector)
        return jnp.sum(jnp.square(x @ p["w"] + p["b"] - y))

    def step(vector, batch):
        return vector - lr * jax.grad(loss)(vector, *batch), None

    return unravel(jax.lax.scan(step, start, (x_batches, y_batches))[0])
