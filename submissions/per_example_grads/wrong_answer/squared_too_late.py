"""The predictions are squared and the targets are not: x@w squared minus y."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w) ** 2 - y), (None, 0, 0))(w, x, y)
