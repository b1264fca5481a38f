"""The gradient of the inner product of the gradient with v."""

import jax
import jax.numpy as jnp


def hvp(x, A, v):
    slope = jax.grad(lambda z: z @ A @ z)
    return jax.grad(lambda z: jnp.vdot(slope(z), v))(x)
