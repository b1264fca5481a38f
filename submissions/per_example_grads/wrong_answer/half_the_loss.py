"""Half the squared error is differentiated, so the factor 2 is missing."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: 0.5 * (x @ w - y) ** 2), (None, 0, 0))(w, x, y)
