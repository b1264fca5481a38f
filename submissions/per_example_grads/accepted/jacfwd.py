"""The Jacobian of the vector of losses, by forward mode."""

import jax


def per_example_grads(w, x, y):
    def losses(w):
        return (x @ w - y) ** 2

    return jax.jacfwd(losses)(w)
