"""Only the relu is checkpointed, so the products before it are kept."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    relu = jax.checkpoint(jax.nn.relu)
    body = lambda h, w: (relu(w @ h), None)
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
