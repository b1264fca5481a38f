"""The result is the gradient at x + v: the gradient at x is added to the product, or was not subtracted."""

import jax


def hvp(x, A, v):
    return jax.grad(lambda z: z @ A @ z)(x + v)
