"""The pair of losses and gradients is returned instead of the gradients alone."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.value_and_grad(lambda w, x, y: (x @ w - y) ** 2), (None, 0, 0))(w, x, y)
