"""A scan over the examples that gives each gradient out."""

import jax


def per_example_grads(w, x, y):
    gradient = jax.grad(lambda w, x, y: (x @ w - y) ** 2)
    _, grads = jax.lax.scan(lambda _, row: (None, gradient(w, *row)), None, (x, y))
    return grads
