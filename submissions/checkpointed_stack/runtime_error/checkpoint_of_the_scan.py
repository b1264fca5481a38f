"""lax.scan is given to jax.checkpoint with its body, which is no array."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    def body(h, w):
        return jax.nn.relu(w @ h), None

    def loss(weights):
        h, _ = jax.checkpoint(jax.lax.scan)(body, x, weights)
        return jnp.sum(h)

    return jax.grad(loss)(weights)
