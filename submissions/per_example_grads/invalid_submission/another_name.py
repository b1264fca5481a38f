"""The function is called per_sample_grads."""

import jax


def per_sample_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2), (None, 0, 0))(w, x, y)
