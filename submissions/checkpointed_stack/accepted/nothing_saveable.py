"""The policy that saves nothing, given explicitly."""

import jax
import jax.numpy as jnp

POLICY = jax.checkpoint_policies.nothing_saveable


def checkpointed_grad(weights, x):
    def body(h, w):
        return jax.nn.relu(jnp.einsum("ij,j->i", w, h)), None

    body = jax.checkpoint(body, policy=POLICY)
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
