"""The gradient of a checkpointed scan is computed and dropped; that of a plain one is returned."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    def body(h, w):
        return jax.nn.relu(w @ h), None

    def grad(body):
        return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)

    grad(jax.checkpoint(body))
    return grad(body)
