"""jacrev of grad builds the Hessian."""

import jax
import jax.numpy as jnp


def hvp(x, A, v):
    H = jax.jacrev(jax.grad(lambda z: z @ A @ z))(x)
    return jnp.einsum("ij,j->i", H, v)
