"""jax.checkpoint is given the result of a call instead of the function."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    def body(h, w):
        return jax.nn.relu(w @ h), None

    def loss(weights):
        h, _ = jax.lax.scan(jax.checkpoint(body(x, weights[0])), x, weights)
        return jnp.sum(h)

    return jax.grad(loss)(weights)
