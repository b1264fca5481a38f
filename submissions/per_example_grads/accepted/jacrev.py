"""The Jacobian of the vector of losses, by reverse mode."""

import jax


def per_example_grads(w, x, y):
    return jax.jacrev(lambda w: (x @ w - y) ** 2)(w)
