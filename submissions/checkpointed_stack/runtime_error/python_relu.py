"""A relu with a Python `if` on traced values."""

import jax
import jax.numpy as jnp


def relu(z):
    return z if z.all() > 0 else 0 * z


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (relu(w @ h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
