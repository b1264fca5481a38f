"""jax.checkpoint stands around a function that does nothing."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    nothing = jax.checkpoint(lambda h: h)

    def body(h, w):
        return jax.nn.relu(w @ nothing(h)), None

    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
