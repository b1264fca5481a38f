"""Every example is compared with the first target."""

import jax


def per_example_grads(w, x, y):
    def loss(w, x):
        return (x @ w - y[0]) ** 2

    return jax.vmap(jax.grad(loss), in_axes=(None, 0))(w, x)
