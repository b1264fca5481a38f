"""jax.grad of the vector of losses, which is not one number."""

import jax


def per_example_grads(w, x, y):
    return jax.grad(lambda w: (x @ w - y) ** 2)(w)
