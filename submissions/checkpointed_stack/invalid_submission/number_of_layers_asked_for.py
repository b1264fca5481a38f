"""The function requires the number of layers as a third argument."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x, n_layers):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws, length=n_layers)[0]))(weights)
