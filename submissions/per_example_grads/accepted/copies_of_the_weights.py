"""One copy of w for each example, and the gradient of the sum by all copies."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    copies = jnp.broadcast_to(w, x.shape)

    def total(copies):
        return jnp.sum((jnp.sum(copies * x, axis=1) - y) ** 2)

    return jax.grad(total)(copies)
