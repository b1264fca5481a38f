"""The pair that lax.scan returns is summed as if it were the last activation."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    body = jax.checkpoint(lambda h, w: (jax.nn.relu(w @ h), None))
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)))(weights)
