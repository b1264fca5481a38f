"""The activations are given out, and the last of them is summed."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def body(h, w):
        h = jax.nn.relu(w @ h)
        return h, h

    def loss(weights):
        _, hs = jax.lax.scan(body, x, weights)
        return jnp.sum(hs[-1])

    return jax.grad(loss)(weights)
