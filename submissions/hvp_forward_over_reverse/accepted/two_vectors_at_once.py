"""vmap over the pair of x and v, of which the second gives the product."""

import jax
import jax.numpy as jnp


def hvp(x, A, v):
    slope = jax.vmap(jax.grad(lambda z: z @ A @ z))
    return slope(jnp.stack([x, v]))[1]
