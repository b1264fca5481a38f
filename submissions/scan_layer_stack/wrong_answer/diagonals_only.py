"""Only the diagonals of the matrices are used: the product is taken element by element."""

import jax
import jax.numpy as jnp


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (jnp.diagonal(w) * h, None), x, weights)[0]
