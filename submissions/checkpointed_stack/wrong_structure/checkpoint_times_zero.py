"""The gradient of a checkpointed scan, times zero, is added to that of a plain one."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    def body(h, w):
        return jax.nn.relu(w @ h), None

    def loss(body, weights):
        return jnp.sum(jax.lax.scan(body, x, weights)[0])

    plain = jax.grad(lambda ws: loss(body, ws))(weights)
    again = jax.grad(lambda ws: loss(jax.checkpoint(body), ws))(weights)
    return plain + 0.0 * again
