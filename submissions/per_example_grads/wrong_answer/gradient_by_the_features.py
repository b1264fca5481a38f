"""The gradient is taken with respect to x instead of w."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2, argnums=1), (None, 0, 0))(w, x, y)
