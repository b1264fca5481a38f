"""The gradient is stopped between the layers, so only the last layer has one."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def body(h, w):
        return jax.nn.relu(w @ jax.lax.stop_gradient(h)), None

    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
