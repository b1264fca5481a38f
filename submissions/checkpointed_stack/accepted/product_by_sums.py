"""The matrix product is written as a sum of products, and computed again all the same."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def layer(h, weight):
        return jax.nn.relu(jnp.sum(weight * h, axis=1)), None

    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(layer, x, ws)[0]))(weights)
