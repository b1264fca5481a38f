"""Only the product is checkpointed; what the relu remembers of it is kept."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    product = jax.checkpoint(jnp.matmul)
    body = lambda h, w: (jax.nn.relu(product(w, h)), None)
    return jax.grad(lambda ws: jnp.sum(jax.lax.scan(body, x, ws)[0]))(weights)
