"""The matrices are transposed: h @ w multiplies by the columns of w instead of its rows."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(h @ w), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
