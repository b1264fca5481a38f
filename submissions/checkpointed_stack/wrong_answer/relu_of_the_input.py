"""The input goes through a relu before the first layer as well."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def layer(h, weight):
        return jax.nn.relu(weight @ h), None

    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(layer, jax.nn.relu(x), ws)[0]))(weights)
