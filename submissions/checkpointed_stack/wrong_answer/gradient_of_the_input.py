"""The gradient is taken with respect to x instead of the weights."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.grad(lambda x: jnp.sum(jax.lax.scan(body, x, weights)[0]))(x)
