"""The total is kept with the other sign and turned when it is put out."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(debt, value):
        debt = debt - value
        return debt, jnp.negative(debt)

    return jax.lax.scan(body, 0.0, x, reverse=True)[1]
