"""Forward mode: one tangent for each of the weights, and nothing to remember."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.jacfwd(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
