"""jax.remat, the other name of jax.checkpoint, around a body at module level."""

import jax
import jax.numpy as jnp


@jax.remat
def layer(h, w):
    return jax.nn.relu(w @ h), None


def output_sum(weights, x):
    h, _ = jax.lax.scan(layer, x, weights)
    return jnp.sum(h)


def checkpointed_grad(weights, x):
    return jax.grad(output_sum)(weights, x)
