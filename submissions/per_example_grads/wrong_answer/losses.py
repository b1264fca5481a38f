"""The losses of the examples are returned; their gradients were never taken."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(lambda x, y: (x @ w - y) ** 2)(x, y)
