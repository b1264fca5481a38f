"""The gradient of the directional derivative along v."""

import jax


def form(x, A):
    return x @ (A @ x)


def hvp(x, A, v):
    def along(z):
        return jax.jvp(lambda z: form(z, A), (z,), (v,))[1]

    return jax.grad(along)(x)
