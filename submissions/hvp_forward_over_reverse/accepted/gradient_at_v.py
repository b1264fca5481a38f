"""The gradient of a quadratic form is linear: at v it is the product already."""

import jax


def hvp(x, A, v):
    return jax.grad(lambda z: z @ A @ z)(v)
