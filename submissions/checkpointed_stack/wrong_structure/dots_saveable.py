"""The policy dots_saveable keeps the products, which are all there is to compute again."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    def body(h, w):
        return jax.nn.relu(w @ h), None

    body = jax.checkpoint(body, policy=jax.checkpoint_policies.dots_saveable)
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
