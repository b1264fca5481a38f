"""The function is called checkpointed_gradient."""

import jax
import jax.numpy as jnp


def checkpointed_gradient(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
