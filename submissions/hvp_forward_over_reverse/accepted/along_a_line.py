"""The derivative of the gradient along the line x + t v, at t = 0."""

import jax


def hvp(x, A, v):
    slope = jax.grad(lambda z: z @ A @ z)
    return jax.jacfwd(lambda t: slope(x + t * v))(0.0)
