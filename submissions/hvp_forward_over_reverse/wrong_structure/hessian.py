"""jax.hessian builds the Hessian, and a product follows."""

import jax


def hvp(x, A, v):
    return jax.hessian(lambda z: z @ A @ z)(x) @ v
