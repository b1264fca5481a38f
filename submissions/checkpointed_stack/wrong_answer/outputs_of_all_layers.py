"""The outputs of all layers are summed instead of those of the last one."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def body(h, w):
        h = jax.nn.relu(w @ h)
        return h, h

    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[1]))(weights)
