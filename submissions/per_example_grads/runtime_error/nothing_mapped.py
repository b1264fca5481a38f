"""in_axes maps none of the arguments."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w: ((x @ w - y) ** 2).sum()), in_axes=None)(w)
