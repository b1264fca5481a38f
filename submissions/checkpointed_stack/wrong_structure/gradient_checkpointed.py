"""jax.checkpoint stands around the gradient function, where nothing is differentiated any more."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    def loss(weights):
        h, _ = jax.lax.scan(lambda h, w: (jax.nn.relu(w @ h), None), x, weights)
        return jnp.sum(h)

    return jax.checkpoint(jax.grad(loss))(weights)
