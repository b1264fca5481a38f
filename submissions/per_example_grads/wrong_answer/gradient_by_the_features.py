"""The errors are multiplied by w instead of x, as in the gradient with respect to x."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2, argnums=1), (None, 0, 0))(w, x, y)
