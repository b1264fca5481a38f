"""The difference of two gradients, which is exact for a quadratic form."""

import jax


def hvp(x, A, v):
    slope = jax.grad(lambda z: z @ A @ z)
    return slope(x + v) - slope(x)
