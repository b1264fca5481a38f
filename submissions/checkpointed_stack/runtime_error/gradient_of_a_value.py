"""jax.grad is given the loss itself instead of a function."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    loss = jnp.sum(jax.lax.scan(body, x, weights)[0])
    return jax.grad(loss)(weights)
