"""lax.map, which is a scan: one example after the other."""

import jax


def per_example_grads(w, x, y):
    gradient = jax.grad(lambda w, x, y: (x @ w - y) ** 2)
    return jax.lax.map(lambda row: gradient(w, *row), (x, y))
