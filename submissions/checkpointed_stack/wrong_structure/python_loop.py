"""A Python loop over checkpointed layers, written out while tracing."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    layer = jax.checkpoint(lambda w, h: jax.nn.relu(w @ h))

    def loss(weights):
        h = x
        for w in weights:
            h = layer(w, h)
        return jnp.sum(h)

    return jax.grad(loss)(weights)
