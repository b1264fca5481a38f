"""jacfwd of grad builds the Hessian."""

import jax


def hvp(x, A, v):
    return jax.jacfwd(jax.grad(lambda z: z @ A @ z))(x) @ v
