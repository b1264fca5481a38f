"""prevent_cse=False, which is enough inside a scan."""

from functools import partial

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    @partial(jax.checkpoint, prevent_cse=False)
    def body(h, w):
        return jax.nn.relu(jnp.dot(w, h)), None

    def loss(weights):
        h, _ = jax.lax.scan(body, x, weights)
        return jnp.sum(h)

    return jax.grad(loss)(weights)
