"""jvp of grad, with the form as a function of x alone."""

import jax
import jax.numpy as jnp


def hvp(x, A, v):
    def form(z):
        return jnp.dot(z, jnp.dot(A, z))

    _, product = jax.jvp(jax.grad(form), (x,), (v,))
    return product
