"""The sum of the squared outputs is differentiated instead of the sum of the outputs."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0] ** 2))(weights)
