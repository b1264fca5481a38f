"""The function takes x and A, but a tangent is given for x alone."""

import jax


def hvp(x, A, v):
    slope = jax.grad(lambda x, A: x @ A @ x)
    return jax.jvp(slope, (x, A), (v,))[1]
