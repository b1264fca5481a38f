"""The body returns the activation alone instead of a pair."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: jax.nn.relu(w @ h))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
