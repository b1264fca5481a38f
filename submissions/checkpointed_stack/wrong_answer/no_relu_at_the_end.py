"""The last layer is left without its relu."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda z, w: (w @ jax.nn.relu(z), None))

    def loss(weights):
        z, _ = jax.lax.scan(body, weights[0] @ x, weights[1:])
        return jnp.sum(z)

    return jax.grad(loss)(weights)
