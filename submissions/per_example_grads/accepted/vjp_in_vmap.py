"""vmap of a pullback from 1."""

import jax


def per_example_grads(w, x, y):
    def one(row, target):
        _, back = jax.vjp(lambda w: (row @ w - target) ** 2, w)
        return back(1.0)[0]

    return jax.vmap(one)(x, y)
