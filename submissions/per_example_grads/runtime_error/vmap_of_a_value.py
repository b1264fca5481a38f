"""vmap is given the gradients instead of the function that computes them."""

import jax


def per_example_grads(w, x, y):
    gradient = jax.grad(lambda w, x, y: (x @ w - y) ** 2)
    return jax.vmap(gradient(w, x[0], y[0]), in_axes=(None, 0, 0))(w, x, y)
