"""The gradients are stacked as columns: the result is transposed."""

import jax


def per_example_grads(w, x, y):
    gradient = jax.grad(lambda w, x, y: (x @ w - y) ** 2)
    return jax.vmap(gradient, (None, 0, 0), out_axes=1)(w, x, y)
