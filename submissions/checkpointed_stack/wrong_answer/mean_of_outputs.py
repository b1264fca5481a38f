"""The mean of the outputs is differentiated instead of their sum."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.grad(lambda ws: jnp.mean(jax.lax.scan(body, x, ws)[0]))(weights)
