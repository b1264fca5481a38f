"""The function takes the examples as one argument."""

import jax


def per_example_grads(w, examples):
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2), (None, 0, 0))(w, *examples)
