"""The layers use tanh instead of relu."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jnp.tanh(w @ h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
