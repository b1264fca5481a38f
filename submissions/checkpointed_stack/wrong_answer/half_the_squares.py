"""Half the sum of the squared outputs is differentiated instead of the sum of the outputs."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def layer(h, weight):
        return jax.nn.relu(weight @ h), None

    return jax.grad(lambda ws: 0.5 * jnp.sum(jax.lax.scan(layer, x, ws)[0] ** 2))(weights)
