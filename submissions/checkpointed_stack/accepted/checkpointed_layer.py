"""The layer is checkpointed, and the body calls it."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    layer = jax.checkpoint(lambda w, h: jnp.where(w @ h > 0, w @ h, 0.0))

    def body(h, w):
        return layer(w, h), None

    return jax.grad(lambda ws: jax.lax.scan(body, x, ws)[0].sum())(weights)
