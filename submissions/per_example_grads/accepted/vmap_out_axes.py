"""The examples are mapped as columns, and the gradients come out as columns too."""

import jax


def per_example_grads(w, x, y):
    gradient = jax.grad(lambda w, x, y: (x @ w - y) ** 2)
    columns = jax.vmap(gradient, in_axes=(None, 1, 0), out_axes=1)(w, x.T, y)
    return columns.T
