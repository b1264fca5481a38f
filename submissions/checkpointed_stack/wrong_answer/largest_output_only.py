"""The largest output of the last layer is differentiated instead of the sum of all."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def layer(h, weight):
        return jax.nn.relu(weight @ h), None

    return jax.grad(lambda ws: jnp.max(jax.lax.scan(layer, x, ws)[0]))(weights)
