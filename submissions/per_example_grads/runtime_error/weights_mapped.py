"""w is mapped along axis 0 as well, as if there were one for each example."""

import jax


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: (x @ w - y) ** 2))(w, x, y)
