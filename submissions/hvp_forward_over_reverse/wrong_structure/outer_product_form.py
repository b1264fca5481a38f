"""The form is a sum over the elements of A times an outer product, a matrix of D*D."""

import jax
import jax.numpy as jnp


def hvp(x, A, v):
    def form(z):
        return jnp.sum(A * jnp.outer(z, z))

    return jax.jvp(jax.grad(form), (x,), (v,))[1]
