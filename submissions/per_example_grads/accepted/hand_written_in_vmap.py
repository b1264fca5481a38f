"""vmap of a gradient that is written by hand for one example."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    def one(x, y):
        return 2 * x * (jnp.sum(w * x) - y)

    return jax.vmap(one)(x, y)
