"""Vectors as columns, and the form as a one-by-one matrix."""

import jax


def hvp(x, A, v):
    def form(z):
        return (z.T @ A @ z)[0, 0]

    return jax.jvp(jax.grad(form), (x[:, None],), (v[:, None],))[1][:, 0]
