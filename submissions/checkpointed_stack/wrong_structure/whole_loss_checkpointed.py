"""jax.checkpoint stands around the whole loss, so all activations are there at once again."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @jax.checkpoint
    def loss(weights):
        h, _ = jax.lax.scan(lambda h, w: (jax.nn.relu(w @ h), None), x, weights)
        return jnp.sum(h)

    return jax.grad(loss)(weights)
