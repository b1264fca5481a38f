"""The relu stands before the matrix product instead of after it."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (w @ jax.nn.relu(h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
