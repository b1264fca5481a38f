"""jax.grad is applied to the gradient, which is a vector."""

import jax


def hvp(x, A, v):
    return jax.grad(jax.grad(lambda z: z @ A @ z))(x) @ v
