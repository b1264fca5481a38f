"""The sum of the outputs is returned; its gradient was never taken."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    h, _ = jax.lax.scan(body, x, weights)
    return jnp.sum(h)
