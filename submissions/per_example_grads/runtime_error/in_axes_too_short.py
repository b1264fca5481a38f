"""in_axes has two entries for three arguments."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2), in_axes=(None, 0))(w, x, y)
