"""The pair of value and gradient is returned instead of the gradient alone."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.value_and_grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
